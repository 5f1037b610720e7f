/** All remarks on a source. */
import type { Analysis } from '../analysis/analyze';
import { certificateChecksOff } from './certificateChecks';
import type { Hint, HintKind } from './hint';
import { missingTimeouts } from './missingTimeout';
import { wholeFileBodies } from './wholeFileBody';

/** @param wanted the kinds that are switched on */
export function hintsFor(analysis: Analysis, source: string, wanted: ReadonlySet<HintKind>): Hint[] {
  const hints = [
    ...(wanted.has('missingTimeout') ? missingTimeouts(analysis, source) : []),
    ...(wanted.has('wholeFileInMemory') ? wholeFileBodies(analysis) : []),
    ...(wanted.has('certificateChecksOff') ? certificateChecksOff(analysis, source) : []),
  ];
  return hints.sort((a, b) => a.start - b.start);
}
