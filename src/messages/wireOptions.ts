/** The `wire` object of a launch configuration: one description for the manifest, the adapter and the documentation. */
import { count, flag, type Infer, object, optional, text } from './schema';

export const MEBIBYTE = 1_048_576;

export const wireOptions = object('What Framewire records of this session.', {
  enabled: optional(flag('Record the network side of the session.', { default: true })),
  captureFolder: optional(
    text('Folder for the capture, relative to `cwd`. Default: a folder named by the time, in `.framewire`.'),
  ),
  streamBudget: optional(count(`Payload kept per socket and direction, in bytes; counters stay exact beyond it.`)),
  captureBudget: optional(count('Payload kept per process file, in bytes; counters stay exact beyond it.')),
});

export type WireOptions = Infer<typeof wireOptions>;
