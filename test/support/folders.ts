import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder for one test file, gone when its tests are over. Call at the top of the file or of a `describe`. */
export function temporaryFolder(): () => string {
  let folder = '';
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'framewire-test-'));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));
  return () => folder;
}
