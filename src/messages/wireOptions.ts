/** The `wire` object of a launch configuration: one description for the manifest, the adapter and the documentation. */
import { count, flag, type Infer, list, object, oneOf, optional, text } from './schema';
import { AUTO_BREAKPOINT_NAMES, AUTO_BREAKPOINTS, type AutoBreakpoint } from './wireBreakpoints';

export const MEBIBYTE = 1_048_576;

export const wireOptions = object('What Framewire records of this session.', {
  enabled: optional(flag('Record the network side of the session.', { default: true })),
  captureFolder: optional(
    text('Folder for the capture, relative to `cwd`. Default: a folder named by the time, in `.framewire`.'),
  ),
  streamBudget: optional(count(`Payload kept per socket and direction, in bytes; counters stay exact beyond it.`)),
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
});

export type WireOptions = Infer<typeof wireOptions>;
