/** A remark on a call or a setting that matters for uploads, true by the source alone. */
import type { Span } from '../syntax/ast';

export type HintKind = 'missingTimeout' | 'wholeFileInMemory' | 'certificateChecksOff';

/** A replacement of text that settles the remark; ranges are offsets in the whole source. */
export interface HintFix {
  readonly title: string;
  readonly replace: Span;
  readonly by: string;
}

export interface Hint extends Span {
  readonly kind: HintKind;
  readonly message: string;
  readonly fixes: readonly HintFix[];
}
