/** What a person sees in the editor that the demonstration opens: a key is pressed, and the page is looked at. */
import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { pressF5, runCommand, SESSION_MS, useEditor } from '../support/editorPage';

describe('the editor with the extension installed', () => {
  const editor = useEditor();

  it('runs the original case at F5, stops where it fails, and tells what happened in a notification', async () => {
    const { page, screenshot } = editor;
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
    const { page, screenshot } = editor;
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
    const { page, screenshot } = editor;
    await runCommand(page, 'Framewire: Open Last Capture Folder');
    await page.getByRole('treeitem', { name: /^\d{4}-\d\d-\d\dT[\d-]+$/ }).waitFor({ timeout: SESSION_MS });
    await screenshot('capture-folder');
  });
});

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
