/** What a session adds to debugpy's conversation: wire breakpoints, and looking into what they have stopped at. */
import type { DebugProtocol } from '@vscode/debugprotocol';
import type { Exchange } from '../../../decode/exchange';
import { STOP_EVENT, type WireStop } from '../../../messages/wireBreakpoints';
import { type Event, isJson, type Json, type Request, type Response } from '../../proxy/message';
import { resolvesWithin } from '../../proxy/time';
import { withoutProbeFrames } from '../probeFrames';
import { isProbeModule, withoutProbe } from '../probeModules';
import type { ExchangeLookup } from '../recordedExchanges';
import type { Answer, Ask } from './asking';
import {
  breakpointsBody,
  type Choices,
  configurationOf,
  takeApart,
  WIRE_BREAKPOINT_FILTERS,
} from './exceptionBreakpoints';
import { ExceptionView } from './exceptionView';
import { Expressions } from './expressions';
import { configureCall, textResult } from './probeCalls';
import { readMemory } from './recordedMemory';
import { StackTurns } from './stackTurns';
import { type KnownStop, StopBook } from './stopBook';
import { topFrame } from './topFrame';
import { OwnVariables } from './variables';
import { wireValues } from './wireScope';

/** Milliseconds for the probe to take its configuration. */
const PATIENCE = 10_000;

/** What a session's recording gives to debugging. */
export interface WireAccess extends Choices {
  /** The capture as it is now. */
  recorded(): Promise<ExchangeLookup>;
}

const answered = (body: unknown): Answer => ({ success: true, body });

const RESUMING = ['continue', 'next', 'stepIn', 'stepOut', 'goto', 'reverseContinue', 'stepBack'];

/** The probe takes a configuration also where it has been switched off, after an error or for lack of space. */
function recordsNothing({ body }: Answer): boolean {
  try {
    return JSON.parse(textResult(String(isJson(body) ? body.result : ''))).recording === false;
  } catch {
    return false;
  }
}

export class WireDebugging {
  private readonly stops = new StopBook();
  private readonly variables = new OwnVariables();
  private readonly turns: StackTurns | null;
  private readonly exceptions: ExceptionView;
  private readonly expressions: Expressions;
  private pid: number | null = null;
  private configuring: Promise<unknown> = Promise.resolve();
  /** A client has set its exception breakpoints. */
  private asked = false;
  /** The probe has been configured: what it has must be replaced, also by nothing. */
  private configured = false;

  /**
   * @param access what is recorded, or why there can be no wire breakpoints
   * @param clientID as in `initialize`
   */
  constructor(
    private readonly ask: Ask,
    private readonly access: WireAccess | string,
    clientID?: unknown,
  ) {
    this.turns = clientID === 'vscode' ? new StackTurns() : null;
    this.exceptions = new ExceptionView(ask, (stop) => this.exchangeOf(stop));
    this.expressions = new Expressions(ask, (stop) => this.exchangeOf(stop), typeof access !== 'string');
  }

  /** The answer to a request of the client; null leaves it to the debugger. */
  answer(request: Request): Promise<Answer> | null {
    const given = request.arguments ?? {};
    switch (request.command) {
      case 'setExceptionBreakpoints':
        return this.setBreakpoints(given);
      case 'configurationDone':
        // the program may run only when the probe has its breakpoints
        return this.ready().then(() => this.ask(request.command, request.arguments));
      case 'exceptionInfo':
        this.turns?.informed(Number(given.threadId));
        return this.exceptions.info(given, this.stops.ofThread(given.threadId));
      case 'stackTrace': {
        const stop = this.stops.ofThread(given.threadId);
        if (!stop) return null;
        const turn = this.turns?.asked(stop.threadId, Number(given.startFrame ?? 0), Number(given.levels ?? 0));
        if (turn) return turn.then(() => this.stack(given, stop));
        return stop.told ? this.stack(given, stop) : null;
      }
      case 'scopes': {
        const stop = this.stops.ofFrame(given.frameId);
        return stop && this.scopes(given, stop);
      }
      case 'variables':
        return this.variables.isOwn(given.variablesReference)
          ? this.variables.get(given.variablesReference).then((variables) => answered({ variables }))
          : null;
      case 'modules':
        return this.ask('modules', request.arguments).then((answer) => ({
          ...answer,
          body: withoutProbe(answer.body),
        }));
      case 'evaluate':
      case 'setExpression':
        return this.expressions.evaluate(given, this.stops.ofFrame(given.frameId), request.command);
      case 'setVariable':
        return this.variables.isOwn(given.variablesReference) ? this.setVariable(given) : null;
      case 'completions':
        return this.expressions.complete(given, this.stops.ofFrame(given.frameId));
      case 'framewireException': {
        const stop = this.stops.ofThread(given.threadId);
        return stop ? this.exceptions.summary(stop) : Promise.resolve(answered({ exception: null }));
      }
      case 'readMemory':
        return this.memory(given);
      default:
        if (RESUMING.includes(request.command)) this.resumed();
        return null;
    }
  }

  /** Takes note of an event of the debugger; returns it as the client is to see it, null for not at all. */
  onEvent(event: Event): Event | null {
    const body = isJson(event.body) ? event.body : {};
    if (event.event === STOP_EVENT) this.stops.tell(body as unknown as WireStop);
    else if (event.event === 'process') this.pid = Number(body.systemProcessId);
    else if (event.event === 'continued') this.resumed();
    else if (event.event === 'module' && isProbeModule(body.module)) return null;
    else if (event.event === 'stopped') return { ...event, body: this.stopped(body) };
    return event;
  }

  /** Takes note of an answer of the debugger; returns it as the client is to see it. */
  onAnswer({ command, arguments: given }: Request, response: Response): Response {
    const { body, success, message } = response;
    if (command === 'stackTrace' && isJson(body)) {
      this.stops.stack(Number(given?.threadId), Number(given?.startFrame ?? 0), body.stackFrames);
    }
    return success || !message ? response : { ...response, message: withoutProbeFrames(message) };
  }

  private stopped(body: Json): Json {
    const shown = this.stops.stopped(body);
    if (shown.reason === 'exception') this.turns?.stopped(Number(shown.threadId));
    return shown;
  }

  private resumed(): void {
    this.turns?.resumed();
    this.stops.resumed();
    this.variables.clear();
  }

  private async setBreakpoints(given: Json): Promise<Answer> {
    this.asked = true;
    const asked = takeApart(given);
    const access = typeof this.access === 'string' ? {} : this.access;
    const { configuration, answers } = configurationOf(asked.wire, access);
    const wanted = configuration.filters.length > 0 || configuration.autoBreakpoints.length > 0;
    const configured = this.configure(configuration, wanted);
    this.configuring = configured;
    const [answer, problem] = await Promise.all([this.ask('setExceptionBreakpoints', asked.other), configured]);
    return answer.success ? answered(breakpointsBody(asked, answers, problem)) : answer;
  }

  /**
   * A client that sets no exception breakpoints gets those that would be on in one that shows them. Where the launch
   * configuration says at which places to stop, these alone.
   */
  private ready(): Promise<unknown> {
    if (this.asked || typeof this.access === 'string') return this.configuring;
    if ((this.access.stopAt ?? []).length > 0) return this.setBreakpoints({ filters: [] });
    const defaults = WIRE_BREAKPOINT_FILTERS.filter(({ default: on }) => on).map(({ filter }) => ({ id: filter }));
    return this.configure(configurationOf(defaults, this.access).configuration, true);
  }

  /** Returns what kept the probe from taking it, null when it has. */
  private async configure(configuration: object, wanted: boolean): Promise<string | null> {
    if (typeof this.access === 'string') return this.access;
    if (!wanted && !this.configured) return null;
    this.configured = true;
    const expression = configureCall(configuration);
    const answer = await resolvesWithin(this.ask('evaluate', { expression, context: 'repl' }), PATIENCE);
    if (answer?.success) return recordsNothing(answer) ? 'The probe has stopped recording in this program.' : null;
    const why = answer ? (answer.message ?? '').trim().split('\n').at(-1) : 'it did not answer in time';
    return `The probe in the program could not take it: ${why}`;
  }

  /**
   * debugpy has clients pass over library frames; the one on top of our stop is where it is about. Clients keep one source
   * for all frames of a file, so that file is shown in all of them.
   */
  private async stack(given: Json, stop: KnownStop): Promise<Answer> {
    const answer = await this.ask('stackTrace', given);
    const body = isJson(answer.body) ? answer.body : {};
    if (!answer.success || !Array.isArray(body.stackFrames)) return answer;
    const startFrame = Number(given.startFrame ?? 0);
    this.stops.stack(stop.threadId, startFrame, body.stackFrames);
    if (!stop.told) return answer;
    const stackFrames = body.stackFrames.map((frame: unknown, index) => {
      if (!isJson(frame)) return frame;
      const { source } = frame;
      const shown = isJson(source) && source.path === stop.topSource;
      return {
        ...frame,
        ...(shown ? { source: { ...source, presentationHint: 'normal' } } : {}),
        ...(index + startFrame === 0 ? { presentationHint: 'normal' } : {}),
      };
    });
    return answered({ ...body, stackFrames });
  }

  private async scopes(given: Json, stop: KnownStop): Promise<Answer> {
    const answer = await this.ask('scopes', given);
    const body = isJson(answer.body) ? answer.body : {};
    if (!answer.success || !Array.isArray(body.scopes)) return answer;
    const own: DebugProtocol.Scope[] = [];
    const { told } = stop;
    if (told === null || told.exception !== null) {
      const variablesReference = this.variables.add(
        () => this.exceptions.variables(stop),
        () => topFrame(this.ask, stop),
      );
      own.push({ name: 'Exception', variablesReference, expensive: false });
    }
    if (told !== null) {
      const variablesReference = this.variables.add(async () =>
        this.variables.present(await wireValues(told, await this.exchangeOf(stop))),
      );
      own.push({ name: 'Wire', variablesReference, expensive: false });
    }
    return answered({ ...body, scopes: [...body.scopes, ...own] });
  }

  /** Variables of ours that stand for something in the program are set there; what was recorded is as it is. */
  private async setVariable({ variablesReference, name, ...given }: Json): Promise<Answer> {
    return this.ask('setExpression', { ...given, ...(await this.variables.target(Number(variablesReference), name)) });
  }

  private async memory(given: Json): Promise<Answer> {
    if (typeof this.access === 'string') throw new Error(this.access);
    return answered(await readMemory(await this.access.recorded(), given as never));
  }

  /** The exchange of a stop in the capture: the last on its socket. */
  private async exchangeOf({ told }: KnownStop): Promise<Exchange | null> {
    if (typeof this.access === 'string' || !told || told.socket === null || this.pid === null) return null;
    return (await this.access.recorded()).lastOn(this.pid, told.socket);
  }
}
