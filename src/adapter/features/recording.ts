/** The recording of a launched program: follows its capture while it runs, and reports at its end. */
import type { NewCapture } from '../../launch/captureFolder';
import type { WireOptions } from '../../messages/wireOptions';
import type { EventSink, Recording } from '../proxy/session';
import { childConfiguration } from './childConfiguration';

export function recordCapture(capture: NewCapture, probeEntry: string, wire: WireOptions): Recording {
  let client: EventSink | null = null;
  return {
    probeEntry,
    begin: (sink) => {
      client = sink;
      client.event('framewireCapture', { folder: capture.folder, problem: null });
    },
    childConfiguration: (configuration) =>
      childConfiguration(configuration, { ...wire, enabled: true, captureFolder: capture.folder }),
    answer: () => Promise.reject(new Error('not yet')),
    finish: (exitCode) => capture.finish({ exitCode, signal: null }).catch(() => undefined),
  };
}
