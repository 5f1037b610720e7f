/** Standard streams that a test can read. */
import { Writable } from 'node:stream';
import type { Streams } from '../../src/cli/output';

export interface Recorded extends Streams {
  /** What was written so far. */
  readonly out: () => string;
  readonly err: () => string;
}

export function recordedStreams(env: NodeJS.ProcessEnv = {}): Recorded {
  const [stdout, out] = recorded();
  const [stderr, err] = recorded();
  return {
    stdout,
    stderr,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, LC_ALL: 'C.UTF-8', ...env },
    out,
    err,
  };
}

function recorded(): [NodeJS.WriteStream, () => string] {
  let text = '';
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      text += chunk.toString();
      done();
    },
  });
  return [stream as unknown as NodeJS.WriteStream, () => text];
}
