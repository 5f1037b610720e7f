/**
 * Tracebacks as texts. What is evaluated at a failing operation, and fails itself, comes with a traceback in which the
 * first failure has passed the probe; before Python 3.11 so does every traceback of one.
 */
import { PACKAGE } from '../launch/probeEntry';

const OURS = new RegExp(String.raw`[\\/]${PACKAGE}[\\/][^\\/]+$`);

/** The text without the frames of the probe. */
export function withoutProbeFrames(text: string): string {
  if (!text.includes(PACKAGE)) return text;
  let ours = false;
  const kept = text.split('\n').filter((line) => {
    const [, file] = /^[\s|+]*File "(.*)", line \d+/.exec(line) ?? [];
    if (file !== undefined) ours = OURS.test(file);
    // the source line of a frame, and marks under it
    else if (!/^[\s|]* {4}/.test(line)) ours = false;
    return !ours;
  });
  return kept.join('\n');
}
