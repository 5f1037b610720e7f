/** What a person sees in the editor that the demonstration opens: a key is pressed, and the page is looked at. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from 'playwright-core';
import { checkout } from '../../support/checkout';

// run as they are, not bundled: they find the checkout by their own place in it
const script = (name: string) => import(pathToFileURL(join(checkout, 'scripts/lib', name)).href);

/** How long a session may take to end and to be reported, in milliseconds. */
const SESSION_MS = 60_000;

describe('the editor with the extension installed', () => {
  const cleanups: Array<() => Promise<void>> = [];
  let page: Page;
  let screenshot: (name: string) => Promise<string>;

  before(async () => {
    const { makeSuiteWorkspace } = await script('suiteWorkspace.mjs');
    const { startWebEditor } = await script('openEditor.mjs');
    const { openWorkbench } = await script('workbench.mjs');
    const workspace = await makeSuiteWorkspace();
    cleanups.unshift(() => workspace.stop());
    const editor = await startWebEditor({ workspaceFolder: workspace.folder });
    cleanups.unshift(() => editor.stop());
    const artefacts = join(checkout, 'out/vscode');
    const workbench = await openWorkbench({ url: editor.origin, folder: workspace.folder, artefacts });
    cleanups.unshift(() => workbench.close());
    ({ page, screenshot } = workbench);
    await page.getByRole('treeitem', { name: 'hello.py' }).waitFor({ timeout: SESSION_MS });
  });

  afterEach(async function () {
    if (this.currentTest?.state === 'failed' && page) await screenshot(`failed - ${this.currentTest.title}`);
  });

  after(async () => {
    for (const cleanup of cleanups) await cleanup();
  });

  it('runs the original case at F5, stops where it fails, and tells what happened in a notification', async () => {
    await pressF5(page);
    await goOnFromStops(page);
    const notification = page.locator('.notification-toast', { hasText: '413' });
    await notification.waitFor({ timeout: SESSION_MS });
    await screenshot('notification');
    // exactly one message: the debug console has the report too, but must not put it up as a second one
    assert.equal(await notification.count(), 1);
    assert.equal(await notification.getByRole('button', { name: 'Open Capture Folder' }).count(), 1);
  });

  it('shows the report on request', async () => {
    await page.getByRole('button', { name: 'Show Report' }).click();
    // the last line of the report; the channel is scrolled to its end, and draws spaces that do not break
    await page
      .locator('.view-line')
      .filter({ hasText: /exit\scode\s1/ })
      .first()
      .waitFor({ timeout: SESSION_MS });
    await screenshot('report');
  });

  it('shows the folder of the recording on request', async () => {
    await page.keyboard.press('F1');
    await page.keyboard.type('Framewire: Open Last Capture Folder');
    await page.getByRole('option', { name: /Framewire: Open Last Capture Folder/ }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('treeitem', { name: /^\d{4}-\d\d-\d\dT[\d-]+$/ }).waitFor({ timeout: SESSION_MS });
    await screenshot('capture-folder');
  });
});

/**
 * Presses F5 until a session begins. Until the editor has read what its extensions contribute, the key only opens the debug
 * view, and nothing on the page tells when that is over. While a session begins the key does nothing.
 */
async function pressF5(page: Page): Promise<void> {
  const toolbar = page.locator('.debug-toolbar');
  const giveUp = Date.now() + SESSION_MS;
  for (;;) {
    await page.keyboard.press('F5');
    try {
      return await toolbar.waitFor({ timeout: 2000 });
    } catch (error) {
      if (Date.now() > giveUp) throw error;
    }
  }
}

/** Sees why the program has stopped, and that there is more to look at; goes on to the program's end. */
async function goOnFromStops(page: Page): Promise<void> {
  const state = page.getByText(/Error: .*, after the server had already replied 413 Request Entity Too Large/);
  await state.first().waitFor({ timeout: SESSION_MS });
  for (const scope of ['Exception', 'Wire']) {
    await page
      .locator('.debug-variables .monaco-list-row', { hasText: scope })
      .first()
      .waitFor({ timeout: SESSION_MS });
  }
  const toolbar = page.locator('.debug-toolbar');
  const giveUp = Date.now() + SESSION_MS;
  while (await toolbar.isVisible()) {
    if (Date.now() > giveUp) throw new Error('The session did not end.');
    const goOn = page.getByRole('button', { name: /^Continue/ });
    // it is there while the program is stopped, and goes away with the session
    await goOn.click({ timeout: 2000 }).catch(() => undefined);
  }
}
