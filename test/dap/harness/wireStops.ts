/** Sets wire breakpoints through the debugger, and takes their stops. */
import assert from 'node:assert/strict';
import {
  type AutoBreakpoint,
  type FilterRequest,
  STOP_EVENT,
  type WireStop,
  wireConfiguration,
} from '../../../src/messages/wireBreakpoints';
import type { Body } from './client';
import type { Python } from './programs';
import type { DebugSession } from './session';

/** One interpreter of each way in which debugpy traces: pure Python, compiled (3.11), `sys.monitoring` (3.12 and on). */
export const TRACED: readonly Python[] = ['3.8.', '3.11.', '3.12.', '3.13.']
  .map((minor) =>
    (JSON.parse(process.env.FRAMEWIRE_PYTHONS ?? '[]') as Python[]).findLast(({ version }) =>
      version.startsWith(minor),
    ),
  )
  .filter((python) => python !== undefined);

export interface WireSetup {
  readonly filters?: readonly FilterRequest[];
  readonly auto?: readonly AutoBreakpoint[];
  readonly topFrame?: 'library' | 'program';
}

/** A Python expression that calls a function of the probe's `stops` with a text. */
const call = (name: string, argument: string) =>
  `__import__('framewire_probe.stops', fromlist=['stops']).${name}(${argument})`;

/** JSON of ASCII text is a Python literal, too. */
const literal = (text: string) => JSON.stringify(text);

/** Replaces the wire breakpoints; works before the program runs and while it does. */
export async function setWireBreakpoints(
  dap: DebugSession,
  { filters = [], auto = [], topFrame }: WireSetup,
): Promise<void> {
  const { configuration, answers } = wireConfiguration(filters, auto, topFrame);
  for (const { id, verified, message } of answers) assert.ok(verified, `${id}: ${message}`);
  const expression = call('configure', literal(JSON.stringify(configuration)));
  const { result } = await dap.client.request('evaluate', { expression, context: 'repl' });
  const active = JSON.parse(unquoted(result));
  assert.deepEqual(
    [active.filters, active.autoBreakpoints],
    [filters.map(({ id }) => id), auto],
    'the probe has what was asked for',
  );
}

/** The next stop at a wire breakpoint: what the probe told ahead of it, the stop, and its frames. */
export async function wireStop(dap: DebugSession): Promise<{ told: WireStop; stopped: Body; frames: Body[] }> {
  const told: WireStop = await dap.client.event(STOP_EVENT);
  const stopped = await dap.client.event('stopped');
  const place = (body: Body) => dap.client.timeline.findIndex((message) => message.body === body);
  assert.ok(place(told) < place(stopped), 'the description comes ahead of the stop');
  assert.equal(told.threadId, stopped.threadId);
  const { stackFrames } = await dap.client.request('stackTrace', { threadId: stopped.threadId });
  for (const frame of stackFrames) assert.doesNotMatch(frame.source.path, /framewire_probe/, 'our frames are hidden');
  const [top] = stackFrames;
  assert.deepEqual([top.line, top.name], [told.frame.line, told.frame.function]);
  return { told, stopped, frames: stackFrames };
}

/** What the probe answers when it is asked about a stop. */
export async function askedAbout(dap: DebugSession, threadId: number): Promise<WireStop | null> {
  const expression = call('describe', String(threadId));
  const { result } = await dap.client.request('evaluate', { expression, context: 'repl' });
  return JSON.parse(unquoted(result));
}

/** debugpy gives a text as it is without a frame, and as its repr with one. */
function unquoted(result: string): string {
  return /^'.*'$/s.test(result) ? result.slice(1, -1) : result;
}

export async function goOn(dap: DebugSession, threadId: number): Promise<void> {
  await dap.client.request('continue', { threadId });
}

/** What stops a refused upload of urllib's. */
export const DEFAULTS: WireSetup = {
  filters: [{ id: 'wire.failed' }, { id: 'wire.errorStatusUnread' }],
  auto: ['http.client.connect', 'http.client.send', 'http.client.getresponse', 'urllib.do_open', 'urllib.error'],
};

/** "send client.py", innermost first */
export const frameNames = (frames: readonly Body[], count: number) =>
  frames.slice(0, count).map((frame: Body) => `${frame.name} ${frame.source.path.split('/').at(-1)}`);
