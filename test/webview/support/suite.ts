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

export const PYTHON = 'python3';
/** More than the example server takes, and more than a socket's buffers hold. */
export const REFUSED_SIZE = 12_000_000;

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
    this.timeout(60_000);
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

/** An upload that the example server refuses early, by the example uploader. */
export async function recordRefusedUpload(scheme: 'plain' | 'tls' = 'plain'): Promise<TestRecording> {
  const { startRefusingServer } = await import(pathToFileURL(join(checkout, 'examples/refusing-server.mjs')).href);
  const server = await startRefusingServer();
  const folder = mkdtempSync(join(tmpdir(), 'framewire-upload-'));
  try {
    const file = join(folder, 'recording.bin');
    writeFileSync(file, Buffer.alloc(REFUSED_SIZE, 'framewire '));
    const certificate = join(folder, 'certificate.pem');
    writeFileSync(certificate, server.certificate);
    const url = `${scheme === 'tls' ? server.tlsUrl : server.plainUrl}/api/recordings?token=s3cr3t-token`;
    return await record([PYTHON, join(checkout, 'examples/upload.py'), url, file], {
      env: { SSL_CERT_FILE: certificate },
    });
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}
