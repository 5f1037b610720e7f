/** The stack of an exchange with where each frame's code comes from. */
import type { Exchange } from '../decode/exchange';
import type { OriginOf } from '../diagnosis/client';
import type { ReportFrame } from './reportTypes';

/**
 * Innermost first. The package of the initiator counts as the user's code throughout: an installed program such as
 * asciinema is what is being looked at, not a library of it.
 */
export function reportFrames({ frames, initiator }: Exchange, originOf: OriginOf): ReportFrame[] {
  const start = frames[initiator];
  const own = start ? originOf(start) : null;
  return frames.map((frame, index) => {
    const origin = originOf(frame);
    const same = own?.kind === 'library' && origin.kind === 'library' && origin.package === own.package;
    return {
      file: frame.file,
      line: frame.line,
      function: frame.function,
      package: origin.package,
      packageVersion: origin.version,
      kind: index === initiator || same ? 'user' : origin.kind,
    };
  });
}
