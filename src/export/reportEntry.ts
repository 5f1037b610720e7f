import type { Exchange } from '../decode/exchange';
import type { OriginOf } from '../diagnosis/client';
import { diagnose } from '../diagnosis/diagnose';
import type { Evidence, Finding } from '../diagnosis/finding';
import type { PackageIndex } from './packages';
import type { Redactor } from './redact';
import { reportExchange } from './reportExchange';
import type { ReportExchange } from './reportTypes';

/** What a report says of one exchange: made when the exchange is at hand, so that it need not be kept for it. */
export interface ReportEntry {
  /** Monotonic nanoseconds. */
  readonly beganAt: number;
  /** Its peer has no reverse name yet. */
  readonly exchange: ReportExchange;
  readonly findings: readonly Finding[];
}

export function reportEntry(exchange: Exchange, packages: PackageIndex, redactor: Redactor): ReportEntry {
  const originOf: OriginOf = packages.originsFor(exchange.process);
  return {
    beganAt: exchange.beganAt,
    exchange: reportExchange(exchange, { redactor, originOf }),
    findings: diagnose(exchange, originOf).map((finding) => redactFinding(finding, redactor)),
  };
}

export function redactFinding(finding: Finding, redactor: Redactor): Finding {
  return {
    ...finding,
    title: redactor.text(finding.title),
    summary: redactor.text(finding.summary),
    evidence: finding.evidence.map((each): Evidence => ({ ...each, text: redactor.text(each.text) })),
  };
}
