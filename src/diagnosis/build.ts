/** Puts a finding together; what all findings share stands here once. */
import type { Context } from './context';
import type { Advice, Evidence, Finding, Severity, Side } from './finding';

export interface Verdict {
  readonly title: string;
  readonly side: Side;
  readonly severity?: Severity;
  readonly summary: string;
  readonly evidence: readonly (readonly Evidence[])[];
  readonly advice: readonly Advice[];
  readonly references: readonly string[];
}

export function finding(id: string, context: Context, verdict: Verdict): Finding {
  return {
    ...verdict,
    summary: context.detour ? `${verdict.summary} ${context.detour}` : verdict.summary,
    id,
    exchange: context.exchange.id,
    severity: verdict.severity ?? context.severity,
    evidence: verdict.evidence.flat(),
  };
}
