/** Processes that a session has started. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import type { DebugSession } from './session';

/** Process id of debugpy's adapter that this session's adapter has started. */
export function debugpyOf(dap: DebugSession): number {
  const [pid, ...more] = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((candidate) => parentOf(candidate) === dap.adapterPid);
  assert.ok(pid !== undefined && more.length === 0, 'the adapter has one child, debugpy');
  return pid;
}

function parentOf(pid: number): number | null {
  try {
    return Number(/^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
  } catch {
    return null;
  }
}
