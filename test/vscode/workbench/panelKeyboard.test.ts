/** The original case from F5 to the panel and through it, in the editor as a person has it: by keyboard alone. */
import assert from 'node:assert/strict';
import { firstLinked, goOnToTheEnd, panelIn, pressF5, SESSION_MS, tabTo, useEditor } from '../support/editorPage';

describe('the wire panel by keyboard alone', () => {
  const editor = useEditor({ width: 1800, height: 1000 });
  const panel = () => panelIn(editor.page);
  const keys = async (...names: string[]) => {
    for (const name of names) await editor.page.keyboard.press(name);
  };
  /** The chord that opens the panel and leads back to it. */
  const toPanel = () => keys('Control+k', 'n');
  /** The source is open at the line of the user's code, and has the keys: until then it would take them from the panel. */
  const inSource = async () => {
    await editor.page.getByText(`Ln ${line}, Col 1`).waitFor();
    await editor.page.locator('.part.editor .monaco-editor.focused').waitFor();
  };
  const status = () => panel().locator('.byte-status');
  let line = '';

  it('opens by its keys while the program is stopped at the failing send', async () => {
    const { page, screenshot } = editor;
    await pressF5(page);
    await page.locator('.exception-widget', { hasText: 'replied 413' }).waitFor({ timeout: SESSION_MS });
    await toPanel();
    const row = panel().getByRole('row', { name: /status 413/ });
    await row.waitFor({ timeout: SESSION_MS });
    await panel().getByText('live', { exact: true }).waitFor();
    line = /:(\d+)/.exec((await row.locator('.cell-initiator').allInnerTexts()).join())?.[1] ?? '';
    assert.notEqual(line, '', 'the row names the line of the user’s code');
    await screenshot('keyboard-stopped');
  });

  it('leads from the exchange to its source, and back', async () => {
    const { page } = editor;
    await tabTo(page, panel(), 'Exchanges');
    await keys('Home', 'Enter');
    await page.getByRole('tab', { name: /^urllib_http_adapter\.py/, selected: true }).waitFor();
    await inSource();
    await toPanel();
  });

  it('leads from a frame to the bytes it wrote', async () => {
    const { page, screenshot } = editor;
    await tabTo(page, panel(), 'Python frames and the calls they made');
    await keys('End');
    await panel().locator('.line.active', { hasText: 'last words' }).waitFor();
    await keys('ArrowUp');
    await panel()
      .locator('.line.active', { hasText: /send.*Error/ })
      .waitFor();
    await status()
      .getByText(/^sendall: 12,44\d,\d{3} B handed/)
      .waitFor();
    await keys('Space');
    assert.match(await firstLinked(panel()), /^2d/);
    await screenshot('keyboard-frame-to-bytes');
  });

  it('leads from a byte to its frame, its call and its source', async () => {
    const { screenshot } = editor;
    await keys('Control+Home', 'Shift+ArrowDown');
    await status()
      .getByText(/^\d+ B from 0 · head$/)
      .waitFor();
    await status()
      .getByText(/^written by sendall/)
      .waitFor();
    assert.match(await firstLinked(panel()), /^50 4f 53 54/);
    await panel()
      .locator('.line.linked', { hasText: `urllib_http_adapter.py:${line}` })
      .waitFor();
    await panel().locator('.line.active.linked', { hasText: 'sendall' }).waitFor();
    await screenshot('keyboard-byte-to-frame');
    await keys('Enter');
    await inSource();
    await toPanel();
  });

  it('searches the bytes', async () => {
    await tabTo(editor.page, panel(), 'Bytes');
    await keys('Control+f');
    await panel().getByRole('textbox', { name: 'Search in the bytes' }).and(panel().locator(':focus')).waitFor();
    await editor.page.keyboard.type('"version"');
    await keys('Enter');
    await panel().locator('.search-status').getByText('1 of 1').waitFor();
    await status()
      .getByText(/^9 B from/)
      .waitFor();
    await keys('Escape');
    await panel().getByRole('grid', { name: 'Bytes' }).and(panel().locator(':focus')).waitFor();
  });

  it('goes on with the program to its end, and follows the evidence', async () => {
    const { page, screenshot } = editor;
    await goOnToTheEnd(page);
    await panel().getByText('live', { exact: true }).waitFor({ state: 'hidden' });
    // the sources of the stops went beside it, although it had the keys
    await panel()
      .getByRole('row', { name: /status 413/ })
      .waitFor();
    await toPanel();
    // the keys are where they were; the evidence is before that
    await panel().getByRole('grid', { name: 'Bytes' }).and(panel().locator(':focus')).waitFor();
    await tabTo(page, panel(), 'kernel counters', 'Shift+Tab');
    await keys('Enter');
    await panel().getByRole('tab', { name: 'Connection', selected: true }).waitFor();
    await panel().locator('.side').getByText('Accepted in all').waitFor();
    await screenshot('keyboard-evidence');
  });
});
