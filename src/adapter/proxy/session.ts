/** One debug session, from `initialize` to its one way to end. */
import { isCaptureRequest } from '../../messages/dap';
import { DEBUG_TYPE } from '../features/childConfiguration';
import { inLanguage } from '../features/displayLanguage';
import { withoutProbeFrames } from '../features/probeFrames';
import type { Ask } from '../features/stops/asking';
import { type WireAccess, WireDebugging } from '../features/stops/wireDebugging';
import { errorMessage, errorNumber } from '../launch/errors';
import type { Backend, BackendEnd } from './backend';
import { CAPABILITIES, changedCapabilities, DEBUGPY_CAPABILITIES, withOurs } from './capabilities';
import type { Connection } from './connection';
import { type Event, event, failure, isJson, type Json, output, type Request, success } from './message';
import { refusal } from './refusals';
import { Relay } from './relay';
import { resolvesWithin } from './time';

/** A debugger that was started for a `launch` or `attach` request. */
export interface Started {
  readonly backend: Backend;
  /** The arguments that the debugger gets. */
  readonly arguments: Json;
  readonly recording: Recording;
  /** The program was running before the session and goes on after it, unless the client says otherwise. */
  readonly attached?: boolean;
  /** For the debug console, before the program runs. */
  readonly notes?: readonly string[];
}

/** What a session adds to debugging. */
export interface Recording {
  /** Called once the debugger is up, before the program runs; events may be sent from here on. */
  begin(client: EventSink): void;
  /** Python to evaluate in the debuggee before its own code; null for nothing. */
  readonly probeEntry: string | null;
  /** Python to evaluate before the debugger lets go of a program that goes on; null for nothing. */
  readonly probeExit: string | null;
  /** For stops at wire breakpoints; or why there can be none, for the user. */
  readonly wire: WireAccess | string;
  /** The configuration of a child session, given that of debugpy. */
  childConfiguration(configuration: Json): Json;
  /** Answers a request of our own. Rejects with a message for the user. */
  answer(request: Request): Promise<Json>;
  /** The program has ended: completes the capture and reports. Never rejects. */
  finish(exitCode: number | null): Promise<void>;
}

export interface EventSink {
  event(name: string, body: unknown): void;
  console(text: string): void;
  important(text: string): void;
}

export type Starter = (request: Request, cancelled: AbortSignal) => Promise<Started>;

/** Milliseconds. */
const LIMITS = {
  initialize: 30_000,
  probe: 10_000,
  leave: 2_000,
  disconnect: 5_000,
  report: 30_000,
  reportOnDisconnect: 1_500,
};

const CANCELLED = new Error('The launch was cancelled.');

type Phase = 'new' | 'initialized' | 'starting' | 'running' | 'over';

export class Session {
  /** Resolves when all is over and nothing of the session runs any more. */
  readonly done: Promise<void>;
  private phase: Phase = 'new';
  private initializeArguments: Json | undefined;
  /** Of the debugger, as it has announced them itself. */
  private capabilities: Json = DEBUGPY_CAPABILITIES;
  private early: Request[] = [];
  private readonly cancel = new AbortController();
  private starting: Promise<void> = Promise.resolve();
  private started: Started | null = null;
  private relay: Relay | null = null;
  private wire: WireDebugging | null = null;
  private exitCode: number | null = null;
  private terminatedSent = false;
  /** The client has asked for the program's end. */
  private leaving = false;
  private tellTerminated: () => void = () => undefined;
  private readonly terminated = new Promise<void>((resolve) => {
    this.tellTerminated = resolve;
  });
  private debuggerEnded = false;
  /** The program's end is being told. */
  private tellConcluding: () => void = () => undefined;
  private readonly concluding = new Promise<void>((resolve) => {
    this.tellConcluding = resolve;
  });
  /** Requests for the end, answered when it has been told: what came after the answer would not be heard. */
  private readonly farewells = new Set<Request>();
  /** What the client wants of the program when it leaves. */
  private parting: Json | null = null;
  /** debugpy is gone, and the client has been told. */
  private lost: Promise<void> = Promise.resolve();
  private concluded: Promise<void> | null = null;
  private ending: Promise<void> | null = null;
  private hurry: () => void = () => undefined;
  private readonly hurried = new Promise<void>((resolve) => {
    this.hurry = resolve;
  });
  private settleDone: () => void = () => undefined;

  constructor(
    private readonly client: Connection,
    private readonly starter: Starter,
  ) {
    this.done = new Promise((resolve) => {
      this.settleDone = resolve;
    });
    client.start({
      onMessage: (message) => {
        if (message.type === 'request') this.onRequest(message);
        else if (message.type === 'response') this.relay?.answerFromClient(message);
      },
      onMalformed: (problem, value) => this.onMalformed(problem, value),
      onClosed: () => void this.end(),
    });
  }

  /** The one way to end: stops the debugger and the program, completes the capture, closes the client's side. */
  end(): Promise<void> {
    this.ending ??= this.endOnce();
    return this.ending;
  }

  private onMalformed(problem: string, value: unknown): void {
    if (isJson(value) && value.type === 'request' && Number.isSafeInteger(value.seq)) {
      this.client.send(
        failure({ seq: value.seq as number, command: String(value.command ?? '') }, `Malformed: ${problem}.`),
      );
    } else {
      this.sink().important(`Framewire: a malformed message was received: ${problem}.`);
    }
  }

  private onRequest(request: Request): void {
    const { command } = request;
    if (command === 'initialize') this.initialize(request);
    else if (command === 'disconnect') this.disconnect(request);
    else if (isCaptureRequest(command)) void this.answerOwn(request);
    else if (command === 'launch' || command === 'attach') this.starting = this.start(request);
    else if (this.phase === 'starting') this.early.push(request);
    else if (this.debuggerEnded && command === 'terminate') this.client.send(success(request));
    else if (this.phase === 'running' && this.relay && command === 'terminate')
      void this.terminate(this.relay, request);
    else if (this.phase === 'running' && this.relay) this.toDebugger(this.relay, request);
    else if (this.phase === 'over') this.client.send(failure(request, 'The session has ended.'));
    else this.client.send(failure(request, `"${command}" cannot come before "launch".`));
  }

  private initialize(request: Request): void {
    if (this.phase !== 'new') {
      this.client.send(failure(request, 'The session is initialized already.'));
      return;
    }
    this.phase = 'initialized';
    this.initializeArguments = request.arguments;
    this.client.send(success(request, this.inLanguage(CAPABILITIES)));
  }

  private async start(request: Request): Promise<void> {
    if (this.phase !== 'initialized') {
      const why = { new: 'is not initialized yet', over: 'has ended' }[this.phase as string] ?? 'was started already';
      this.client.send(failure(request, `The session ${why}.`));
      return;
    }
    this.phase = 'starting';
    try {
      this.started = await this.starter(request, this.cancel.signal);
      this.relay = this.connect(this.started);
      await this.initializeDebugger(this.relay, this.started.backend);
    } catch (error) {
      this.phase = 'over';
      this.started?.backend.kill();
      this.client.send(failure(request, errorMessage(error), errorNumber(error)));
      for (const early of this.early.splice(0)) this.client.send(failure(early, 'The program was not started.'));
      await this.conclude();
      return;
    }
    for (const note of this.started.notes ?? []) this.client.send(output('console', note));
    this.started.recording.begin(this.sink());
    this.phase = 'running';
    this.relay.fromClient({ ...request, arguments: this.started.arguments });
    for (const early of this.early.splice(0)) this.toDebugger(this.relay, early);
  }

  /** Gives a request to what we add to debugging, and else to the debugger. */
  private toDebugger(relay: Relay, request: Request): void {
    const answer = this.wire?.answer(request);
    if (!answer) {
      const why = refusal(request, this.capabilities);
      if (why === null) relay.fromClient(request);
      else this.client.send(failure(request, why));
      return;
    }
    answer.then(
      ({ success: succeeded, message, body }) => {
        const answered = { ...success(request, body), success: succeeded };
        this.client.send(message === undefined ? answered : { ...answered, message: withoutProbeFrames(message) });
      },
      (error) => this.client.send(failure(request, errorMessage(error))),
    );
  }

  private connect({ backend, recording }: Started): Relay {
    const ask: Ask = (command, args) => relay.request(command, args);
    const wire = new WireDebugging(ask, recording.wire, this.initializeArguments?.clientID);
    this.wire = wire;
    const relay: Relay = new Relay(this.client, backend, {
      onEvent: (message) => this.onEvent(message, relay),
      onReverseRequest: (message) => this.onReverseRequest(message),
      onAnswer: (request, response) => wire.onAnswer(request, response),
      onMalformed: (problem) => this.sink().important(`Framewire: debugpy sent a malformed message: ${problem}.`),
    });
    this.lost = backend.ended.then((end) => this.onDebuggerEnded(relay, end));
    return relay;
  }

  private async initializeDebugger(relay: Relay, backend: Backend): Promise<void> {
    const giveUp = () => backend.kill();
    this.cancel.signal.addEventListener('abort', giveUp);
    // debugpy fails at the launch where a client gave no adapterID
    const given = { adapterID: DEBUG_TYPE, ...this.initializeArguments };
    const answer = await resolvesWithin(relay.request('initialize', given), LIMITS.initialize);
    this.cancel.signal.removeEventListener('abort', giveUp);
    this.cancel.signal.throwIfAborted();
    if (!answer) throw new Error(`debugpy did not answer within ${LIMITS.initialize / 1000} seconds.`);
    if (!answer.success) throw new Error(answer.message || 'debugpy could not be initialized.');
    if (isJson(answer.body)) this.capabilities = answer.body;
    const changed = isJson(answer.body) ? changedCapabilities(CAPABILITIES, withOurs(answer.body)) : null;
    if (changed) this.client.send(event('capabilities', { capabilities: this.inLanguage(changed) }));
  }

  private inLanguage(capabilities: Json): Json {
    return inLanguage(capabilities, this.initializeArguments?.locale);
  }

  private onEvent(message: Event, relay: Relay): Event | null | Promise<Event | null> {
    const body = isJson(message.body) ? message.body : {};
    switch (message.event) {
      case 'initialized':
        return this.enterProbe(relay).then(() => message);
      case 'exited':
        if (Number.isInteger(body.exitCode)) this.exitCode = body.exitCode as number;
        return message;
      case 'terminated':
        return this.conclude().then(() => this.terminateOnce(message));
      case 'debugpyAttach':
        return { ...message, body: this.started?.recording.childConfiguration(body) ?? body };
      default:
        return this.wire ? this.wire.onEvent(message) : message;
    }
  }

  private onReverseRequest(request: Request): Request {
    const configuration = request.arguments?.configuration;
    if (request.command !== 'startDebugging' || !isJson(configuration) || !this.started) return request;
    const child = this.started.recording.childConfiguration(configuration);
    return { ...request, arguments: { ...request.arguments, configuration: child } };
  }

  /** The environment brings the probe in as well; this way also works where Python was told to ignore it (-I, -E). */
  private async enterProbe(relay: Relay): Promise<void> {
    const expression = this.started?.recording.probeEntry;
    if (!expression) return;
    const answer = await resolvesWithin(relay.request('evaluate', { expression, context: 'repl' }), LIMITS.probe);
    if (answer?.success) return;
    // a failure comes as a traceback, whose last line tells
    const why = answer ? (answer.message ?? '').trim().split('\n').at(-1) : 'the debugger did not answer in time';
    this.client.send(output('console', `Framewire: the probe could not be started through the debugger: ${why}.`));
  }

  /** A program that we were attached to is not to be recorded any more when it goes on by itself. */
  private async leaveProbe(relay: Relay, stays: boolean): Promise<void> {
    const expression = this.started?.recording.probeExit;
    if (!expression || !this.started?.attached || !stays || this.terminatedSent) return;
    await resolvesWithin(relay.request('evaluate', { expression, context: 'repl' }), LIMITS.leave);
  }

  private terminateOnce(message: Event): Event | null {
    if (this.terminatedSent) return null;
    this.terminatedSent = true;
    this.tellTerminated();
    return message;
  }

  private async onDebuggerEnded(relay: Relay, end: BackendEnd): Promise<void> {
    this.debuggerEnded = true;
    await relay.idle();
    const expected = this.terminatedSent || this.ending !== null;
    const message = `debugpy ${end.how}, unexpectedly.${end.said ? `\n${end.said}` : ''}`;
    const waiting = relay.drain(expected ? 'The session has ended.' : message);
    for (const request of waiting) {
      this.client.send(failure(request, expected ? 'The session has ended.' : message));
    }
    if (this.phase !== 'running') return;
    if (!expected && !this.leaving) this.sink().important(`Framewire: ${message}`);
    await this.conclude();
    this.phase = 'over';
    if (!this.terminatedSent) this.client.send(event('terminated'));
    this.terminatedSent = true;
    this.tellTerminated();
  }

  /**
   * Answered when the end has been told, however long its report takes. VS Code begins the next run of a session 300 ms after
   * this answer, and misses an end that comes later: the run would last for ever. debugpy answers at once, and has no report to make.
   */
  private async terminate(relay: Relay, request: Request): Promise<void> {
    this.leaving = true;
    this.farewells.add(request);
    const answer = await relay.request('terminate', request.arguments);
    if (!answer.success && !this.debuggerEnded) {
      this.leaving = false;
      if (this.farewells.delete(request)) this.client.send(failure(request, answer.message ?? ''));
      return;
    }
    const ends = this.concluding.then(() => true);
    if (await resolvesWithin(ends, LIMITS.disconnect)) await this.terminated;
    // the event is on its way, but not out yet
    setImmediate(() => {
      if (this.farewells.delete(request)) this.client.send(success(request));
    });
  }

  /** Answered last of all; see `terminate`. */
  private disconnect(request: Request): void {
    this.farewells.add(request);
    this.parting ??= request.arguments ?? {};
    if (this.phase === 'new' || this.phase === 'initialized') this.phase = 'over';
    void this.end();
  }

  /** Whoever leaves waits for a report for a while only; one who begins anew wants to have it. */
  private hurrySoon(): void {
    if (this.parting?.restart === true) return;
    void this.concluding.then(() => setTimeout(this.hurry, LIMITS.reportOnDisconnect).unref());
  }

  private async answerOwn(request: Request): Promise<void> {
    try {
      if (!this.started) throw new Error(`There is no capture yet: "${request.command}" cannot come before "launch".`);
      this.client.send(success(request, await this.started.recording.answer(request)));
    } catch (error) {
      this.client.send(failure(request, errorMessage(error), errorNumber(error)));
    }
  }

  /** Completes the capture and reports, once; takes little time when the client is waiting to leave. */
  private conclude(): Promise<void> {
    this.tellConcluding();
    this.concluded ??= Promise.race([
      resolvesWithin(this.started?.recording.finish(this.exitCode) ?? Promise.resolve(), LIMITS.report).then(
        () => undefined,
      ),
      this.hurried,
    ]);
    return this.concluded;
  }

  private sink(): EventSink {
    return {
      event: (name, body) => this.client.send(event(name, body)),
      console: (text) => this.client.send(output('console', text)),
      important: (text) => this.client.send(output(this.highlights() ? 'important' : 'console', text)),
    };
  }

  /**
   * Whether the client shows "important" text, once. Our extension for VS Code puts findings and problems to the user
   * itself, dape drops what has this category, and vimspector keeps it in a buffer that nobody opens.
   */
  private highlights(): boolean {
    const { clientID, adapterID } = this.initializeArguments ?? {};
    if (clientID === 'vscode') return adapterID !== DEBUG_TYPE;
    return clientID !== 'dape' && clientID !== 'vimspector';
  }

  private async endOnce(): Promise<void> {
    this.cancel.abort(CANCELLED);
    await this.starting;
    this.hurrySoon();
    const backend = this.started?.backend;
    if (backend && this.relay) {
      const stays = this.parting ? this.parting.terminateDebuggee !== true : this.started?.attached === true;
      await this.leaveProbe(this.relay, stays);
      const asked = this.relay.request('disconnect', this.parting ?? { terminateDebuggee: !stays });
      const answered = await resolvesWithin(Promise.race([asked, backend.ended]), LIMITS.disconnect);
      backend.connection.close('the session has ended');
      if (!answered || !(await resolvesWithin(backend.ended, LIMITS.disconnect))) backend.kill();
      await this.lost;
      await this.conclude();
    }
    this.phase = 'over';
    for (const request of this.farewells) this.client.send(success(request));
    this.farewells.clear();
    this.client.close('the session has ended');
    this.settleDone();
  }
}
