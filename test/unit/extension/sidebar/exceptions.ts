/** Exceptions for the tests of this folder. */
import type { ExceptionLink, ExceptionSummary } from '../../../../src/messages/dapExceptions';

export const link = (type: string, changes: Partial<ExceptionLink> = {}): ExceptionLink => ({
  name: type.split('.').at(-1) ?? type,
  type,
  message: null,
  args: [],
  errno: null,
  attributes: [],
  headers: [],
  notes: [],
  relation: null,
  of: null,
  frames: [],
  expression: null,
  ...changes,
});

/** As urllib wraps it. */
export const WRAPPED: readonly ExceptionLink[] = [
  link('urllib.error.URLError', {
    message: '<urlopen error [Errno 32] Broken pipe>',
    args: ['<BrokenPipeError>'],
    notes: ['the second attempt'],
    frames: [{ file: '/home/user/upload.py', line: 12, function: 'upload', own: true }],
  }),
  link('BrokenPipeError', {
    message: '[Errno 32] Broken pipe',
    args: ['32', "'Broken pipe'"],
    errno: { number: 32, name: 'EPIPE', meaning: 'Broken pipe' },
    relation: 'reason',
    of: 0,
  }),
];

export const summary = (id: string, changes: Partial<ExceptionSummary> = {}): ExceptionSummary => ({
  id,
  process: 'p',
  pid: 1,
  fate: 'raised',
  at: null,
  where: null,
  exchange: null,
  chain: WRAPPED,
  ...changes,
});
