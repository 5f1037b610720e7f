/** Sessions that keep no capture of their own: recording is off, impossible, or done by the parent's session. */
import { type WireOptions, wireOptions } from '../../messages/wireOptions';
import { CaptureReader } from '../../wire/reader';
import { invalidConfiguration } from '../launch/errors';
import { probeEntry } from '../launch/probeEntry';
import type { Json } from '../proxy/message';
import type { Recording } from '../proxy/session';
import { childConfiguration } from './childConfiguration';
import { type ExchangeLookup, RecordedExchanges } from './recordedExchanges';

/** @param problem why nothing is recorded, for the user; null when that is as asked for */
export function noRecording(problem: string | null): Recording {
  return {
    probeEntry: null,
    probeExit: null,
    wire: `Nothing of this session's network side is recorded. ${problem ?? '"wire.enabled" is false.'}`,
    begin: (client) => {
      if (problem === null) return;
      client.important(`Framewire: nothing of this session's network side is recorded. ${problem}`);
      client.event('framewireCapture', { folder: null, problem });
    },
    childConfiguration: (configuration) => childConfiguration(configuration, { enabled: false }),
    answer: () => Promise.reject(new Error(problem ?? 'Nothing is recorded: "wire.enabled" is false.')),
    finish: () => Promise.resolve(),
  };
}

/**
 * The recording of a child process: it goes into its parent's capture, which the parent's session follows.
 * @param wire what the parent's session put into the child's configuration
 * @throws LaunchError InvalidConfiguration
 */
export function inheritedRecording(wire: unknown): Recording {
  const wrong = wire === undefined ? null : wireOptions.check(wire, 'wire');
  if (wrong) throw invalidConfiguration(wrong);
  const options = (wire ?? { enabled: false }) as WireOptions;
  const folder = options.enabled === false ? undefined : options.captureFolder;
  if (folder === undefined) return noRecording(null);
  const { autoBreakpoints, topFrame, stopAt } = options;
  return {
    probeEntry: probeEntry(folder),
    probeExit: null,
    wire: { autoBreakpoints, topFrame, stopAt, recorded: readerOf(folder) },
    begin: () => undefined,
    childConfiguration: (configuration: Json) => childConfiguration(configuration, options),
    answer: () => Promise.reject(new Error("This process is recorded by its parent's session: ask there.")),
    finish: () => Promise.resolve(),
  };
}

/** Reads the parent's capture when something of it is asked for; most children never stop. */
function readerOf(folder: string): () => Promise<ExchangeLookup> {
  let opened: Promise<RecordedExchanges> | null = null;
  return async () => {
    opened ??= CaptureReader.begin(folder).then((reader) => new RecordedExchanges(reader));
    const recorded = await opened;
    await recorded.readOn();
    return recorded;
  };
}
