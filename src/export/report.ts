/** Builds the report of a capture: everything a person or a program is told about it, from the capture alone. */
import type { Exchange } from '../decode/exchange';
import type { OriginOf } from '../diagnosis/client';
import { diagnose } from '../diagnosis/diagnose';
import type { Evidence, Finding, Severity } from '../diagnosis/finding';
import type { CaptureReader } from '../wire/reader';
import { PackageIndex } from './packages';
import { type Redactor, redact, reveal } from './redact';
import { errorLink } from './reportErrors';
import { reportExchange } from './reportExchange';
import type { Report, ReportProcess } from './reportTypes';
import { reverseNames } from './reverseNames';

export type * from './reportTypes';

export interface ReportOptions {
  /** Leave secrets in. */
  readonly reveal?: boolean;
  /** Look up the reverse names of the peers that findings are about; true unless told. */
  readonly reverseNames?: boolean;
}

/** What of a reader the report needs. */
export type CaptureSource = Pick<CaptureReader, 'folder' | 'manifest' | 'processes' | 'problems' | 'notices'>;

/** The gravest first; within one, in the order in which the exchanges began. */
const GRAVITY: readonly Severity[] = ['error', 'warning', 'info'];

export async function buildReport(
  reader: CaptureSource,
  exchanges: readonly Exchange[],
  options: ReportOptions = {},
): Promise<Report> {
  const redactor = options.reveal ? reveal : redact;
  const { manifest } = reader;
  const packages = new PackageIndex();
  const diagnosed = exchanges.map((exchange) => {
    const originOf: OriginOf = packages.originsFor(exchange.process);
    return { exchange, originOf, findings: diagnose(exchange, originOf) };
  });
  const troubled = diagnosed.filter(({ findings }) => findings.length > 0).map(({ exchange }) => exchange);
  const names = options.reverseNames === false ? new Map<string, string>() : await reverseNames(peersOf(troubled));
  return {
    format: 'framewire-report',
    version: 1,
    tool: manifest?.tool ?? null,
    exitCode: manifest?.exitCode ?? null,
    signal: manifest?.signal ?? null,
    command: redactor.argv(manifest?.command ?? []),
    cwd: manifest?.cwd ?? null,
    capture: { folder: reader.folder, created: manifest?.created ?? null, ended: manifest?.ended ?? null },
    redacted: redactor !== reveal,
    processes: reader.processes.map((process) => reportProcess(process, redactor)),
    exchanges: diagnosed.map(({ exchange, originOf }) => reportExchange(exchange, { redactor, originOf, names })),
    findings: diagnosed
      .flatMap(({ findings }) => findings)
      .sort((a, b) => GRAVITY.indexOf(a.severity) - GRAVITY.indexOf(b.severity))
      .map((finding) => redactFinding(finding, redactor)),
    problems: reader.problems.map(({ file, code, message }) => ({ file, code, message })),
    notices: reader.notices.map(({ pid, reason, python, message }) => ({ pid, reason, python, message })),
  };
}

function peersOf(exchanges: readonly Exchange[]) {
  return exchanges.flatMap(({ peer, connects }) => {
    const last = connects.at(-1);
    if (peer) return [peer];
    return last?.address && last.port !== null ? [{ address: last.address, port: last.port }] : [];
  });
}

function reportProcess({ info, uncaught }: CaptureSource['processes'][number], redactor: Redactor): ReportProcess {
  const { file, pid, ppid, python, implementation, executable, argv, cwd, platform, ended } = info;
  return {
    file,
    pid,
    ppid,
    python,
    implementation,
    executable,
    argv: redactor.argv(argv),
    cwd,
    platform,
    ended,
    uncaught: uncaught.map(([error]) => errorLink(error, redactor)),
  };
}

function redactFinding(finding: Finding, redactor: Redactor): Finding {
  return {
    ...finding,
    title: redactor.text(finding.title),
    summary: redactor.text(finding.summary),
    evidence: finding.evidence.map((each): Evidence => ({ ...each, text: redactor.text(each.text) })),
  };
}
