/** What the panel's suites share: one browser per file, captures recorded once, panels closed after each test. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';
import { checkout } from '../../support/checkout';
import { openPanel, type PanelPage, type PanelPageOptions } from './panelPage';
import { record, type TestRecording } from './recording';
import { PYTHON } from './refusedUpload';

export { PYTHON, REFUSED_SIZE, recordRefusedUpload } from './refusedUpload';

export interface PanelSuite {
  open(folder: string, options?: PanelPageOptions): Promise<PanelPage>;
}

/** Call in a `describe`. No page may have complained by the end of a test: neither of an error nor of the policy. */
export function panelSuite(): PanelSuite {
  let browser: Browser;
  const open: PanelPage[] = [];
  before(async () => {
    const { launchChromium } = await import(pathToFileURL(join(checkout, 'scripts/lib/chromium.mjs')).href);
    browser = await launchChromium();
  });
  afterEach(async function () {
    const name = this.currentTest?.fullTitle().replace(/[^\w]+/g, '-') ?? 'test';
    for (const panel of open.splice(0)) {
      if (this.currentTest?.state === 'failed') await panel.screenshot(`failed-${name}`);
      const { complaints } = panel;
      await panel.close();
      assert.deepEqual(complaints, [], 'the page complained');
    }
  });
  after(() => browser?.close());
  return {
    async open(folder, options) {
      const panel = await openPanel(browser, folder, options);
      open.push(panel);
      return panel;
    },
  };
}

/** A recording made once for a `describe`. */
export function recorded(make: () => Promise<TestRecording>): { readonly folder: string } {
  const holder = { folder: '' };
  let made: TestRecording | null = null;
  before(async function () {
    this.timeout(120_000);
    made = await make();
    holder.folder = made.folder;
  });
  after(() => made?.dispose());
  return holder;
}

/** Runs a Python script of a test under the probe. */
export async function recordScript(
  source: string,
  args: readonly string[] = [],
  options: Parameters<typeof record>[1] = {},
) {
  const folder = mkdtempSync(join(tmpdir(), 'framewire-script-'));
  const path = join(folder, 'program.py');
  writeFileSync(path, source);
  const made = await record([PYTHON, path, ...args], options);
  return {
    ...made,
    dispose() {
      made.dispose();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
