import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A temporary folder for each test of the enclosing suite, removed after it. */
export function useTempFolder(): { readonly path: string } {
  const holder = { path: '' };
  beforeEach(() => {
    holder.path = realpathSync(mkdtempSync(join(tmpdir(), 'framewire-test-')));
  });
  afterEach(() => rmSync(holder.path, { recursive: true, force: true }));
  return holder;
}
