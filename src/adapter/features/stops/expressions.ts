/** `evaluate`, `setExpression` and `completions` with `$exception`, `$reply` and `$socket` in them. */
import type { DebugProtocol } from '@vscode/debugprotocol';
import type { Exchange } from '../../../decode/exchange';
import { isJson, type Json } from '../../proxy/message';
import type { Answer, Ask } from './asking';
import { completing, DOLLAR_NAMES, type DollarName, dollarNamesIn, replyExpression, substitute } from './dollarNames';
import { EXCEPTION } from './exceptionView';
import { probeCall, textResult } from './probeCalls';
import type { KnownStop } from './stopBook';
import { topFrame } from './topFrame';

const NOT_STOPPED: Answer = {
  success: false,
  message: `${DOLLAR_NAMES.join(', ')} are known where the program is stopped at an exception or a wire breakpoint.`,
};

/** `setExpression` has a `value` besides. */
type EvaluatingCommand = 'evaluate' | 'setExpression';

export class Expressions {
  /** @param recorded the probe is in the program */
  constructor(
    private readonly ask: Ask,
    private readonly exchangeOf: (stop: KnownStop) => Promise<Exchange | null>,
    private readonly recorded: boolean,
  ) {}

  /** null when none of the names occurs: the expression is the debugger's. */
  evaluate(given: Json, stop: KnownStop | null, command: EvaluatingCommand = 'evaluate'): Promise<Answer> | null {
    const { expression, value } = given;
    const texts = [expression, value].filter((text) => typeof text === 'string' && text.includes('$')) as string[];
    const names = [...new Set(texts.flatMap(dollarNamesIn))];
    if (typeof expression !== 'string' || names.length === 0) return null;
    return stop ? this.evaluateAt(given, expression, names, stop, command) : Promise.resolve(NOT_STOPPED);
  }

  /** null when the cursor is not at one of the names. */
  complete(given: Json, stop: KnownStop | null): Promise<Answer> | null {
    const { text, column, line } = given as Partial<DebugProtocol.CompletionsArguments>;
    if (!stop || typeof text !== 'string' || typeof column !== 'number') return null;
    const current = text.split('\n')[(line ?? 1) - 1] ?? text;
    const place = completing(current.slice(0, column - 1));
    if (!place) return null;
    // counted from 0, as debugpy and the clients do that put the text there (nvim-dap, dape)
    const start = column - 1 - place.prefix.length;
    const target = (label: string, type: DebugProtocol.CompletionItemType): DebugProtocol.CompletionItem => ({
      label,
      type,
      start,
      length: place.prefix.length,
    });
    const fits = (label: string) => label.startsWith(place.prefix);
    if (place.owner === null) {
      const targets = DOLLAR_NAMES.filter(fits).map((name) => target(name, 'variable'));
      return Promise.resolve({ success: true, body: { targets } });
    }
    return this.members(place.owner, Number(given.frameId), stop).then((members) => {
      const wanted = members.filter((name) => fits(name) && (place.prefix !== '' || !name.startsWith('__')));
      return { success: true, body: { targets: wanted.map((name) => target(name, 'property')) } };
    });
  }

  private async members(owner: string, frameId: number, stop: KnownStop): Promise<string[]> {
    // in a clipboard context texts are not shortened
    const asked = { frameId, context: 'clipboard' };
    const expression = `' '.join(dir(${owner}))`;
    const { success, body } = await this.evaluateAt(asked, expression, dollarNamesIn(owner), stop);
    return success && isJson(body) ? textResult(String(body.result)).split(' ') : [];
  }

  private async evaluateAt(
    given: Json,
    expression: string,
    names: readonly DollarName[],
    stop: KnownStop,
    command: EvaluatingCommand = 'evaluate',
  ): Promise<Answer> {
    const meaning: Partial<Record<DollarName, string>> = {};
    let { frameId } = given;
    for (const name of names) {
      if (name === '$reply') meaning[name] = replyExpression(await this.exchangeOf(stop));
      else if (name === '$socket') meaning[name] = this.probes('socket_of', stop) ?? 'None';
      else if (frameId === (await topFrame(this.ask, stop))) meaning[name] = EXCEPTION;
      else {
        const own = this.probes('exception_of', stop);
        meaning[name] = own ?? EXCEPTION;
        // debugpy keeps the exception of its own stop in the frame on top only
        if (!own) frameId = stop.topFrame;
      }
    }
    const value = typeof given.value === 'string' ? { value: substitute(given.value, meaning) } : {};
    return this.ask(command, { ...given, ...value, frameId, expression: substitute(expression, meaning) });
  }

  private probes(name: string, { told, threadId }: KnownStop): string | null {
    return told && this.recorded ? probeCall('stops', name, String(threadId)) : null;
  }
}
