/** The original case from the start of the session to the panel, in the editor as a person has it: by mouse alone. */
import assert from 'node:assert/strict';
import { firstLinked, panelIn, runCommand, SESSION_MS, setTheme, useEditor } from '../support/editorPage';

describe('the wire panel in the editor', () => {
  const editor = useEditor({ width: 1720, height: 1000 });

  it('opens while the program is stopped at the failing send, by mouse alone', async () => {
    const { page, screenshot } = editor;
    await page.getByRole('tab', { name: /^Run and Debug/ }).click();
    await page.getByRole('button', { name: 'Start Debugging' }).click();
    await page.getByRole('button', { name: 'Continue' }).waitFor({ timeout: SESSION_MS });
    await page.getByRole('button', { name: 'Open Wire Panel' }).click();
    const panel = panelIn(page);
    await panel.getByRole('row', { name: /status 413/ }).waitFor({ timeout: SESSION_MS });
    await panel.getByText('live', { exact: true }).waitFor();
    await screenshot('panel-stopped');
  });

  it('links frames and bytes while the program is stopped, by mouse alone', async () => {
    const { page, screenshot } = editor;
    const panel = panelIn(page);
    const status = panel.locator('.byte-status');
    // beside the source there is room for the frames and the bytes
    await panel.getByRole('treeitem', { name: /send.*Error/ }).click();
    // what the call wrote is alight: the form's first bytes, after the head
    await panel
      .locator('.hex-line', { has: panel.locator('.hex-bytes .linked') })
      .first()
      .waitFor();
    assert.match(await firstLinked(panel), /^2d/);
    await status.getByText(/^sendall: 12,44\d,\d{3} B handed/).waitFor();

    await panel.locator('.count-chip.count-acknowledged').click();
    await panel.locator('.hex-line.fate-acknowledged .hex-bytes').last().click();
    await status.getByText(/ · head$/).waitFor();
    await status.getByText(/^written by sendall \(a call of \d+ B/).waitFor();
    // frames and call of the byte stand out
    await panel.locator('.line.linked', { hasText: /urllib_http_adapter\.py:\d+/ }).waitFor();
    await panel.locator('.line.active.linked', { hasText: 'sendall' }).waitFor();
    await screenshot('panel-byte-to-frame');
    const link = status.getByRole('button', { name: /urllib_http_adapter\.py:\d+/ });
    const line = /:(\d+)/.exec((await link.allInnerTexts()).join())?.[1];
    await link.click();
    await page.getByRole('tab', { name: /^urllib_http_adapter\.py/ }).waitFor();
    await page.getByText(`Ln ${line}, Col 1`).waitFor();
    await screenshot('panel-source');
  });

  it('goes on to the end with the program, and opens from the notification', async () => {
    const { page } = editor;
    const toast = page.locator('.notification-toast', { hasText: '413' });
    const goOn = page.locator('.debug-toolbar').getByRole('button', { name: /^Continue/ });
    // the program may stop once more on its way out
    while (!(await toast.isVisible())) {
      if (await goOn.isVisible()) await goOn.click({ timeout: 2000 }).catch(() => undefined);
      await toast.waitFor({ timeout: 1000 }).catch(() => undefined);
    }
    await page.getByRole('button', { name: 'Show in Panel' }).click();
    const panel = panelIn(page);
    await panel.getByText('live', { exact: true }).waitFor({ state: 'hidden' });
    await panel.getByRole('region', { name: 'Finding' }).getByText('The server refused the body').waitFor();
  });

  for (const [theme, name] of [
    ['Light Modern', 'light'],
    ['Default High Contrast', 'high-contrast'],
    ['Dark Modern', 'dark'],
  ] as const) {
    it(`follows the theme ${theme}`, async () => {
      const { folder, page, screenshot } = editor;
      await runCommand(page, 'Framewire: Open Wire Panel');
      await panelIn(page)
        .getByRole('row', { name: /status 413/ })
        .waitFor();
      setTheme(folder, theme);
      const kind = { light: 'vscode-light', 'high-contrast': 'vscode-high-contrast', dark: 'vscode-dark' }[name];
      await panelIn(page).locator(`body.${kind}`).waitFor();
      await screenshot(`panel-${name}`);
    });
  }

  it('shows the exchange beside the source that sent it', async () => {
    const { page, screenshot } = editor;
    // a double click on the exchange opens the line that made it
    await panelIn(page)
      .getByRole('row', { name: /status 413/ })
      .dblclick();
    await page.getByRole('tab', { name: /^urllib_http_adapter\.py/, selected: true }).waitFor();
    // what was opened has the keys from now on
    await page.locator('.part.editor .monaco-editor.focused').waitFor();
    // the page draws spaces that do not break
    const line = page.locator('.view-line', { hasText: /with\surlopen\(request\)/ });
    await line.filter({ hasText: /413\s·\s[\d,]+\sof\s12,44\d,\d{3}\sB/ }).waitFor({ timeout: SESSION_MS });
    // the mark is the only problem of the file: the key brings the cursor to it
    await page.keyboard.press('F8');
    await page.locator('.marker-widget', { hasText: 'Last exchange: 413' }).waitFor();
    await page.keyboard.press('Escape');
    await page.locator('.marker-widget').waitFor({ state: 'detached' });
    await runCommand(page, 'Show or Focus Hover');
    const hover = page.locator('.monaco-hover', { hasText: 'Last exchange' });
    await hover.getByRole('link', { name: 'Show in the wire panel' }).waitFor();
    await hover.getByText(/never read by the program/).waitFor();
    await screenshot('source-last-exchange');
    await page.keyboard.press('Escape');
  });

  it('is a view in the panel area too', async () => {
    const { page, screenshot } = editor;
    await runCommand(page, 'View: Close All Editors');
    await page.locator('iframe.webview').waitFor({ state: 'detached' });
    // the panel area is open: the terminal of the session is in it
    await page.locator('.part.panel').getByRole('tab', { name: /^Wire/ }).click();
    await panelIn(page)
      .getByRole('row', { name: /status 413/ })
      .waitFor({ timeout: SESSION_MS });
    await screenshot('panel-view');
  });
});
