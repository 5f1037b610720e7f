/** What the diagnosis says about an exchange. All texts may carry words of the peer: escape them before a terminal. */
import type { Direction, Layer } from '../wire/model';

export type Side = 'program' | 'client library' | 'network' | 'server' | 'tls' | 'dns' | 'proxy';
export type Severity = 'error' | 'warning' | 'info';

interface EvidenceBase {
  /** Id of the exchange it is found in. */
  readonly exchange: string;
  /** The observation in one line. */
  readonly text: string;
}

/** Bytes of a stream, `[start, end)` counted from the stream's first byte. */
export interface EvidenceRange {
  readonly direction: Direction;
  readonly layer: Layer;
  readonly start: number;
  readonly end: number;
}

/** An observation that a finding rests on, with what leads to it. Times are nanoseconds of the process's clock. */
export type Evidence =
  | (EvidenceBase & { readonly kind: 'reply'; readonly status: number; readonly range: EvidenceRange })
  | (EvidenceBase & { readonly kind: 'bytes'; readonly range: EvidenceRange })
  | (EvidenceBase & {
      readonly kind: 'operation';
      readonly operation: string;
      readonly at: number;
      readonly duration: number;
      readonly range: EvidenceRange | null;
    })
  | (EvidenceBase & { readonly kind: 'error'; readonly type: string; readonly errno: number | null })
  | (EvidenceBase & { readonly kind: 'frame'; readonly file: string; readonly line: number; readonly function: string })
  | (EvidenceBase & {
      readonly kind: 'counters';
      readonly at: number;
      readonly accepted: number | null;
      readonly acknowledged: number | null;
      readonly received: number | null;
      readonly unread: number | null;
    })
  | (EvidenceBase & { readonly kind: 'resolve'; readonly at: number })
  | (EvidenceBase & { readonly kind: 'connect'; readonly at: number; readonly address: string | null })
  | (EvidenceBase & { readonly kind: 'certificate' })
  | (EvidenceBase & { readonly kind: 'last-words'; readonly outcome: string });

/** One thing to do; `code` is a line to type or to put into the program. */
export interface Advice {
  readonly text: string;
  readonly code: string | null;
}

export interface Finding {
  /** Name of the rule, "refused-early". */
  readonly id: string;
  /** Id of the exchange it is about. */
  readonly exchange: string;
  /** One sentence. */
  readonly title: string;
  readonly side: Side;
  readonly severity: Severity;
  /** A few sentences: what happened, and why it looked as it did. */
  readonly summary: string;
  readonly evidence: readonly Evidence[];
  readonly advice: readonly Advice[];
  /** Where it is specified, "RFC 9110 section 15.5.14 (413 Content Too Large)". */
  readonly references: readonly string[];
}
