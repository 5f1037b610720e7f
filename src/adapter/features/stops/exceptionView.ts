/** The exception of a stop: for the client's exception widget, and as a scope of variables. */
import type { DebugProtocol } from '@vscode/debugprotocol';
import type { Exchange } from '../../../decode/exchange';
import { isJson, type Json } from '../../proxy/message';
import { withoutProbeFrames } from '../probeFrames';
import type { Answer, Ask } from './asking';
import { exceptionDetails, type Link } from './exceptionDetails';
import { chainCall, locatedChainCall, textResult } from './probeCalls';
import type { KnownStop } from './stopBook';
import { stoppedException } from './stoppedException';
import { breakpointLabel, stopDescription } from './stopText';
import { topFrame } from './topFrame';

/** In the frame on top of a stop at an exception, debugpy keeps (type, value, traceback) under this name. */
export const EXCEPTION = '__exception__[1]';

const CHAIN = [
  ['cause', '__cause__'],
  ['context', '__context__'],
  ['notes', '__notes__'],
] as const;

export class ExceptionView {
  constructor(
    private readonly ask: Ask,
    private readonly exchangeOf: (stop: KnownStop) => Promise<Exchange | null>,
  ) {}

  /** `exceptionInfo`: debugpy's, with the chain, and in the words of the network where the probe made the stop. */
  async info(given: Json, stop: KnownStop | null): Promise<Answer> {
    if (!stop) return this.ask('exceptionInfo', given);
    const { told } = stop;
    if (told && told.exception === null) {
      const description = stopDescription(told, await this.exchangeOf(stop));
      return { success: true, body: { exceptionId: breakpointLabel(told), description, breakMode: 'always' } };
    }
    const answer = await this.ask('exceptionInfo', given);
    if (!answer.success || !isJson(answer.body)) return answer;
    const details = isJson(answer.body.details) ? answer.body.details : {};
    // clients wait for this before they show anything: what was told with the stop is not asked for again
    const chain = told?.exception?.chain ?? (await this.chain(stop)) ?? [];
    const ours = exceptionDetails(chain, EXCEPTION);
    const { stackTrace } = details;
    const trace = typeof stackTrace === 'string' ? { stackTrace: withoutProbeFrames(stackTrace) } : {};
    const body: Json = { ...answer.body, details: { ...details, ...trace, ...(ours ?? {}) } };
    // the text as debugpy gives it stays where the stop is its own
    if (told) body.description = stopDescription(told, await this.exchangeOf(stop));
    else if (typeof details.message === 'string') (body.details as Json).message = details.message;
    return { success: true, body };
  }

  /** The scope "Exception": what it is, what it names, and its attributes as debugpy shows them. */
  async variables(stop: KnownStop): Promise<DebugProtocol.Variable[]> {
    const frameId = await topFrame(this.ask, stop);
    const whole = frameId === null ? null : await this.value('$exception', EXCEPTION, frameId);
    if (frameId === null || !whole) throw new Error('The exception of this stop is not there any more.');
    const { body } = await this.ask('variables', { variablesReference: whole.variablesReference });
    const attributes = isJson(body) && Array.isArray(body.variables) ? body.variables : [];
    const named: DebugProtocol.Variable[] = [];
    for (const [name, attribute] of CHAIN) {
      const one = await this.value(name, `getattr(${EXCEPTION}, '${attribute}', None)`, frameId);
      if (one && one.value !== 'None') named.push(one);
    }
    return [whole, ...named, ...attributes];
  }

  /** The request `framewireException`. */
  async summary(stop: KnownStop): Promise<Answer> {
    const chain = stop.told?.exception === null ? null : await this.chain(stop, locatedChainCall);
    const exception = await stoppedException(this.ask, stop, chain, await this.exchangeOf(stop));
    return { success: true, body: { exception } };
  }

  private async value(name: string, expression: string, frameId: number): Promise<DebugProtocol.Variable | null> {
    const { success, body } = await this.ask('evaluate', { expression, frameId, context: 'watch' });
    if (!success || !isJson(body)) return null;
    return {
      name,
      value: String(body.result),
      ...(typeof body.type === 'string' ? { type: body.type } : {}),
      evaluateName: expression,
      variablesReference: Number(body.variablesReference ?? 0),
    };
  }

  /** As the probe describes it; null where there is no probe, or no exception under that name. */
  private async chain(stop: KnownStop, call = chainCall): Promise<readonly Link[] | null> {
    const frameId = await topFrame(this.ask, stop);
    if (frameId === null) return null;
    const asked = { expression: call(EXCEPTION), frameId, context: 'clipboard' };
    const { success, body } = await this.ask('evaluate', asked);
    if (!success || !isJson(body)) return null;
    try {
      return JSON.parse(textResult(String(body.result)));
    } catch {
      return null;
    }
  }
}
