/** What a person sees in the editor that the demonstration opens: a key is pressed, and the page is looked at. */
import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { pressF5, runCommand, SESSION_MS, useEditor } from '../support/editorPage';

describe('the editor with the extension installed', () => {
  const editor = useEditor({ height: 1000 }); // rows that are out of sight are not drawn

  it('runs the original case at F5, stops where it fails, and tells what happened in a notification', async () => {
    const { page, screenshot } = editor;
    await pressF5(page);
    await goOnFromStops(editor);
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

/**
 * Looks at every stop as a person would: the source, and what the exception widget says of the network; goes on to the
 * program's end and its own words.
 */
async function goOnFromStops({ page, screenshot }: ReturnType<typeof useEditor>): Promise<void> {
  const stops = [
    { source: 'client.py', exception: /SSL\w*Error/, line: 'self.sock.sendall(data)' },
    { source: 'request.py', exception: /SSL\w*Error/, line: 'h.request(req.get_method(), req.selector' },
    { source: 'request.py', exception: /URLError/, line: 'raise URLError(err)' },
  ];
  for (const [index, { source, exception, line }] of stops.entries()) {
    await page.getByRole('tab', { name: source, selected: true }).waitFor({ timeout: SESSION_MS });
    const widget = page.locator('.exception-widget', { hasText: exception });
    await widget.filter({ hasText: 'replied 413 Request Entity Too Large' }).waitFor({ timeout: SESSION_MS });
    await widget.filter({ hasText: 'The reply, never read by the program' }).waitFor();
    const stoppedAt = page.locator('.view-line').filter({ hasText: spaced(line) });
    await stoppedAt.first().waitFor({ timeout: SESSION_MS });
    await screenshot(`stop-${index + 1}`);
    if (index === 0) await seesScopes(page);
    // the next stop's must not be taken for this one, which is gone as soon as the program goes on
    const shown = await widget.elementHandle();
    await page.keyboard.press('F5');
    await shown?.waitForElementState('hidden', { timeout: SESSION_MS });
  }
  await page.locator('.debug-toolbar').waitFor({ state: 'hidden', timeout: SESSION_MS });
  const terminal = page.locator('.xterm-rows', { hasText: spaced('upload failed: <urlopen error') });
  await terminal.waitFor({ timeout: SESSION_MS });
}

/** Few variables of the program's own stand before them at the first stop. */
async function seesScopes(page: Page): Promise<void> {
  for (const scope of ['Exception', 'Wire']) {
    const row = page.locator('.debug-variables .monaco-list-row', { hasText: scope });
    await row.first().waitFor({ timeout: SESSION_MS });
  }
}

/** A text as the editor and the terminal draw it: with spaces that do not break. */
function spaced(text: string): RegExp {
  return new RegExp(text.replace(/[.()<>]/g, '\\$&').replaceAll(' ', '\\s'));
}
