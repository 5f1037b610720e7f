/** The `wire` object of a launch configuration: one description for the manifest, the adapter and the documentation. */
import { count, flag, type Infer, list, object, oneOf, optional, type Schema, text } from './schema';
import { AUTO_BREAKPOINT_NAMES, AUTO_BREAKPOINTS, type AutoBreakpoint } from './wireBreakpoints';

export const MEBIBYTE = 1_048_576;

const lineNumber = (description: string): Schema<number> => ({
  ...count(description),
  json: { type: 'integer', minimum: 1, description },
  check: (value, where) =>
    value === 0 ? `${where} must be a line, from 1 on` : count(description).check(value, where),
});

export const wireOptions = object('What Framewire records of this session.', {
  enabled: optional(flag('Record the network side of the session.', { default: true })),
  captureFolder: optional(
    text('Folder for the capture, relative to `cwd`. Default: a folder named by the time, in `.framewire`.'),
  ),
  captureLocation: optional(
    text(
      'Folder in whose `.framewire` each session makes a folder for its capture, relative to `cwd`. Default: `cwd`.',
    ),
  ),
  streamBudget: optional(
    count(
      `Payload kept per socket and direction, in bytes; one body that is sent in small blocks takes at most a quarter of it. Counters stay exact beyond it.`,
    ),
  ),
  captureBudget: optional(count('Payload kept per process file, in bytes; counters stay exact beyond it.')),
  autoBreakpoints: optional(
    list(
      'Where the breakpoint "Network Exception on Its Way" stops, by name. Default: all of them; an empty list for none.',
      oneOf('A place in an HTTP library.', AUTO_BREAKPOINT_NAMES as readonly AutoBreakpoint[], AUTO_BREAKPOINTS),
    ),
  ),
  topFrame: optional(
    oneOf("Whose frame is on top at a wire breakpoint: the library's that failed, or your own code's.", [
      'library',
      'program',
    ]),
  ),
  stopAt: optional(
    list(
      'Stop at the first send from each of these places and where such an upload fails, and at no other traffic: what "Debug Upload Here" sets.',
      object('A call, a function or a whole file.', {
        file: text('The source file, an absolute path.'),
        line: lineNumber('The first line, from 1.'),
        endLine: optional(lineNumber('The last line. Default: the first.')),
      }),
    ),
  ),
});

export type WireOptions = Infer<typeof wireOptions>;
