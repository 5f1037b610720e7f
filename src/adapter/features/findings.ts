/** The report of a capture as events give it. */
import type { Report } from '../../export/report';
import { renderReport, type Unlisted } from '../../export/reportText';
import type { FindingSummary, FindingsBody } from '../../messages/dap';

/** Columns of the report's text in a debug console. */
const WIDTH = 100;

const RANK = { error: 0, warning: 1, info: 2 } as const;

export function reportText(report: Report): string {
  return renderReport(report, { color: false, width: WIDTH });
}

/** What is told at the end of a session. */
export interface EndReport {
  /** Lists the exchanges of which there is something to say. */
  readonly report: Report;
  readonly unlisted: Unlisted;
  /** Of all there are. */
  readonly exchanges: number;
}

export function endText({ report, unlisted }: EndReport): string {
  return renderReport(report, { color: false, width: WIDTH, unlisted });
}

/** @param text the report for people */
export function findingsBody({ report, exchanges }: EndReport, text: string): FindingsBody {
  const findings = report.findings.map(
    ({ id, exchange, title, side, severity, summary, advice }): FindingSummary => ({
      id,
      exchange,
      title,
      side,
      severity,
      summary,
      advice: advice.map(({ text: words, code }) => ({ text: words, code })),
    }),
  );
  return {
    folder: report.capture.folder,
    // findings of equal weight stay in the order of their exchanges
    findings: findings.sort((a, b) => RANK[a.severity] - RANK[b.severity]),
    exchanges,
    report: text,
  };
}

/** How the report is to be put to the user: highlighted, plain, or not at all when there is nothing to tell. */
export function attention({ report, exchanges }: EndReport): 'important' | 'console' | null {
  const { findings, problems, notices, processes } = report;
  if (findings.some(({ severity }) => severity !== 'info')) return 'important';
  const unseen = processes.some((process) => process.unseen.length > 0);
  const anything = unseen || exchanges + findings.length + problems.length + notices.length > 0;
  return anything ? 'console' : null;
}
