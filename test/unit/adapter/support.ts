/** A debugger or a client at the other end of a pair of streams, for tests of the relay. */
import { PassThrough } from 'node:stream';
import type { Backend, BackendEnd } from '../../../src/adapter/proxy/backend';
import { Connection } from '../../../src/adapter/proxy/connection';
import { encodeMessage } from '../../../src/adapter/proxy/framing';
import type { EventSink } from '../../../src/adapter/proxy/session';
import { type Body, Client } from '../../dap/harness/client';

export interface Line {
  /** Our end. */
  readonly connection: Connection;
  /** What is written by `connection`, and what it reads. */
  readonly output: PassThrough;
  readonly input: PassThrough;
  /** The other end, played by the test. */
  readonly peer: Client;
}

export function line(): Line {
  const [input, output] = [new PassThrough(), new PassThrough()];
  return { connection: new Connection(input, output), input, output, peer: new Client(output, input) };
}

let seq = 1000;

/** Sends an event as the peer. */
export function sendEvent(peer: Client, name: string, body: Body = {}): void {
  peer.sendRaw(encodeMessage({ seq: seq++, type: 'event', event: name, body }));
}

export interface ScriptedDebugger extends Backend {
  readonly peer: Client;
  readonly killed: () => boolean;
  /** Ends as a process does. */
  end(end?: BackendEnd): void;
}

/** A debugger that does what the test tells it; its process is played by `end`. */
export function scriptedDebugger(): ScriptedDebugger {
  const { connection, input, peer } = line();
  let killed = false;
  let settle: (end: BackendEnd) => void = () => undefined;
  const ended = new Promise<BackendEnd>((resolve) => {
    settle = resolve;
  });
  const end = (how: BackendEnd = { how: 'exited with code 0', said: '' }) => {
    input.end();
    settle(how);
  };
  const kill = () => {
    killed = true;
    end({ how: 'was ended by SIGKILL', said: '' });
  };
  return { connection, ended, kill, peer, killed: () => killed, end };
}

/** A client's side of a session that keeps what it was sent: `[event or kind of output, body or text]`. */
export function recordingSink(): EventSink & { readonly sent: [string, unknown][]; next(name: string): Promise<Body> } {
  const sent: [string, unknown][] = [];
  const waiting: { name: string; resolve: (body: Body) => void }[] = [];
  const add = (name: string, body: unknown) => {
    sent.push([name, body]);
    for (const each of waiting.filter((one) => one.name === name)) each.resolve(body);
  };
  return {
    sent,
    event: add,
    console: (text) => add('console', text),
    important: (text) => add('important', text),
    next: (name) => new Promise((resolve) => waiting.push({ name, resolve })),
  };
}
