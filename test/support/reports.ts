/** Reports built from exchanges as the product builds them, without a folder on disk. */
import type { Exchange } from '../../src/decode/exchange';
import { buildReport, type CaptureSource, type Report, type ReportOptions } from '../../src/export/report';
import { process } from './exchanges';

export function source(changes: Partial<CaptureSource> = {}): CaptureSource {
  return {
    folder: '/home/user/.framewire/2026-11-22T10-42-28',
    manifest: {
      version: '1.0',
      created: '2026-11-22T10:42:28.000Z',
      tool: 'framewire 0.1.0',
      command: ['python3', 'upload.py'],
      cwd: '/home/user',
      ended: '2026-11-22T10:42:29.000Z',
      exitCode: 1,
      signal: null,
    },
    processes: [{ info: process, uncaught: [], unseen: [] }] as unknown as CaptureSource['processes'],
    problems: [],
    notices: [],
    ...changes,
  };
}

export function reportOf(
  exchanges: readonly Exchange[],
  options: ReportOptions = {},
  changes: Partial<CaptureSource> = {},
): Promise<Report> {
  return buildReport(source(changes), exchanges, { reverseNames: false, ...options });
}
