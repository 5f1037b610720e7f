/** Builds the report of a capture: everything a person or a program is told about it, from the capture alone. */
import type { Exchange } from '../decode/exchange';
import type { Severity } from '../diagnosis/finding';
import type { CaptureReader } from '../wire/reader';
import { PackageIndex } from './packages';
import { type Redactor, redact, reveal } from './redact';
import { type ReportEntry, reportEntry } from './reportEntry';
import { errorLink } from './reportErrors';
import type { Report, ReportExchange, ReportProcess } from './reportTypes';
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

export function buildReport(
  reader: CaptureSource,
  exchanges: readonly Exchange[],
  options: ReportOptions = {},
): Promise<Report> {
  const packages = new PackageIndex();
  const redactor = redactorOf(options);
  return assembleReport(
    reader,
    exchanges.map((exchange) => reportEntry(exchange, packages, redactor)),
    options,
  );
}

/** @param entries in the order of their exchanges, made with the redactor that the options name */
export async function assembleReport(
  reader: CaptureSource,
  entries: readonly ReportEntry[],
  options: ReportOptions = {},
): Promise<Report> {
  const redactor = redactorOf(options);
  const { manifest } = reader;
  const troubled = entries.filter(({ findings }) => findings.length > 0);
  const peers = troubled.flatMap(({ exchange: { peer } }) => (peer ? [peer] : []));
  const names = options.reverseNames === false ? new Map<string, string>() : await reverseNames(peers);
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
    exchanges: entries.map(({ exchange }) => named(exchange, names)),
    findings: entries
      .flatMap(({ findings }) => findings)
      .sort((a, b) => GRAVITY.indexOf(a.severity) - GRAVITY.indexOf(b.severity)),
    problems: reader.problems.map(({ file, code, message }) => ({ file, code, message })),
    notices: reader.notices.map(({ pid, reason, python, message }) => ({ pid, reason, python, message })),
  };
}

export const redactorOf = ({ reveal: revealed }: ReportOptions): Redactor => (revealed ? reveal : redact);

function named(exchange: ReportExchange, names: ReadonlyMap<string, string>): ReportExchange {
  const reverseName = exchange.peer && names.get(exchange.peer.address);
  return exchange.peer && reverseName ? { ...exchange, peer: { ...exchange.peer, reverseName } } : exchange;
}

function reportProcess(process: CaptureSource['processes'][number], redactor: Redactor): ReportProcess {
  const { info, uncaught, unseen } = process;
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
    unseen: [...unseen],
  };
}
