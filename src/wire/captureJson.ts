/** The JSON files of a capture: `capture.json` and the notices. */
import { readFile, stat } from 'node:fs/promises';
import { asFields, count, type Fields, number, text, texts } from './fields';
import type { CaptureManifest, Notice } from './model';

/** A JSON file of a capture is small; a larger one is not ours. */
const MAX_SIZE = 4 * 1024 * 1024;

/** `null` when there is no such file or it holds no JSON object (yet). */
export async function readJsonFile(path: string): Promise<Fields | null> {
  try {
    if ((await stat(path)).size > MAX_SIZE) return null;
    const value: unknown = JSON.parse(await readFile(path, 'utf8'));
    return typeof value === 'object' && value !== null ? asFields(value) : null;
  } catch {
    return null;
  }
}

export function parseManifest(fields: Fields): CaptureManifest | null {
  const version = text(fields, 'version');
  if (text(fields, 'format') !== 'framewire-capture' || version === null) return null;
  return {
    version,
    created: text(fields, 'created'),
    tool: text(fields, 'tool'),
    command: texts(fields, 'command'),
    cwd: text(fields, 'cwd'),
    ended: text(fields, 'ended'),
    exitCode: number(fields, 'exitCode'),
    signal: text(fields, 'signal'),
  };
}

export function parseNotice(fields: Fields): Notice {
  return {
    pid: count(fields, 'pid', 0),
    reason: text(fields, 'reason') ?? 'probe-failed',
    python: text(fields, 'python'),
    message: text(fields, 'message') ?? 'A Python process was not recorded.',
  };
}
