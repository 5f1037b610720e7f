/** Where sessions come from: standard input and output, or connections to a loopback port. */
import { type AddressInfo, createServer } from 'node:net';
import type { Readable, Writable } from 'node:stream';
import { Connection } from './proxy/connection';
import { Session, type Starter } from './proxy/session';

export interface Service {
  /** Resolves when the last session has ended and no other can begin. */
  readonly done: Promise<void>;
  /** Ends every session, with its debugger and program. */
  stop(): Promise<void>;
}

export function serveStreams(input: Readable, output: Writable, starter: Starter): Service {
  const session = new Session(new Connection(input, output), starter);
  return { done: session.done, stop: () => session.end() };
}

export interface Listening extends Service {
  readonly port: number;
}

/** Listens on the loopback interface only. Rejects with the system's error when the port cannot be had. */
export function serveSocket(port: number, starter: Starter): Promise<Listening> {
  const sessions = new Set<Session>();
  const server = createServer({ noDelay: true, allowHalfOpen: true }, (socket) => {
    const session = new Session(new Connection(socket, socket), starter);
    sessions.add(session);
    void session.done.then(() => {
      sessions.delete(session);
      socket.destroySoon();
    });
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host: '127.0.0.1', port }, () => {
      const done = new Promise<void>((ended) => server.once('close', () => ended()));
      const stop = async () => {
        server.close();
        await Promise.all([...sessions].map((session) => session.end()));
        await done;
      };
      resolve({ port: (server.address() as AddressInfo).port, done, stop });
    });
  });
}
