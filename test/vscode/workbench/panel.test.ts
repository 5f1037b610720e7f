/** The original case from F5 to the panel, in the editor as a person has it: by mouse alone and by keyboard alone. */
import assert from 'node:assert/strict';
import type { FrameLocator, Page } from 'playwright-core';
import { panelIn, runCommand, SESSION_MS, setTheme, useEditor } from '../support/editorPage';

describe('the wire panel in the editor', () => {
  const editor = useEditor({ width: 1600, height: 1000 });

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
    const fold = async (name: string) => {
      const tab = panel.getByRole('tab', { name, exact: true });
      if (await tab.isVisible()) await tab.click();
    };
    await fold('Frames');
    await panel.getByRole('treeitem', { name: /send.*Error/ }).click();
    await panel.locator('.hex-bytes .linked').first().waitFor();
    await panel.locator('.count-chip.count-acknowledged').click();
    await panel.locator('.hex-line.fate-acknowledged .hex-bytes').last().click();
    const status = panel.locator('.byte-status');
    await status.getByText(/written by send/).waitFor();
    await status.getByRole('button', { name: /urllib_http_adapter\.py/ }).click();
    await page.getByRole('tab', { name: /^urllib_http_adapter\.py/ }).waitFor();
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

  it('opens from the command palette and links frames and bytes, by keyboard alone', async () => {
    const { page, screenshot } = editor;
    await runCommand(page, 'View: Close All Editors');
    await page.locator('iframe.webview').waitFor({ state: 'detached' });
    await runCommand(page, 'Framewire: Open Wire Panel');
    const panel = panelIn(page);
    await panel.getByRole('row', { name: /status 413/ }).waitFor({ timeout: SESSION_MS });

    await tabTo(page, panel, 'Python frames and the calls they made');
    await page.keyboard.press('End');
    await panel.locator('.line.active', { hasText: 'last words' }).waitFor();
    await panel
      .locator('.hex-line', { hasText: 'HTTP/1.1 413' })
      .or(panel.locator('.hex-bytes .linked'))
      .first()
      .waitFor();
    await page.keyboard.press('Space');
    await page.keyboard.press('Control+Home');
    await panel.locator('.byte-status').getByText('byte 0 (0x0)').waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('tab', { name: /^urllib_http_adapter\.py/ }).waitFor();
    // the cursor stands in the line that made the request
    await page
      .locator('.view-line', { hasText: /urlopen|\.open\(/ })
      .first()
      .waitFor();
    await screenshot('panel-keyboard');
  });

  it('shows the exchange beside the source that sent it', async () => {
    const { page, screenshot } = editor;
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

  it('opens a capture as a document, with no session', async () => {
    const { page, screenshot } = editor;
    await runCommand(page, 'View: Close All Editors');
    await page.locator('iframe.webview').waitFor({ state: 'detached' });
    await page.keyboard.press('Control+Shift+e');
    await page.getByRole('treeitem', { name: '.framewire' }).click();
    await page
      .getByRole('treeitem', { name: /^\d{4}-\d\d-\d\dT/ })
      .first()
      .click();
    await page
      .getByRole('treeitem', { name: /^process-\d+-0\.fwp/ })
      .first()
      .dblclick();
    const panel = panelIn(page);
    await panel.getByRole('row', { name: /status 413/ }).waitFor({ timeout: SESSION_MS });
    await page.keyboard.press('Control+j');
    await panel.locator('.hex-line').nth(12).waitFor();
    await screenshot('panel-document');
  });

  it('is a view in the panel area too', async () => {
    const { page, screenshot } = editor;
    await runCommand(page, 'View: Close All Editors');
    await page.locator('iframe.webview').waitFor({ state: 'detached' });
    await page.keyboard.press('Control+j');
    await page.locator('.part.panel').getByRole('tab', { name: /^Wire/ }).click();
    await panelIn(page)
      .getByRole('row', { name: /status 413/ })
      .waitFor({ timeout: SESSION_MS });
    await screenshot('panel-view');
  });
});

async function tabTo(page: Page, panel: FrameLocator, name: string): Promise<void> {
  const body = panel.locator('body');
  for (let presses = 0; presses < 80; presses += 1) {
    const focused = await body.evaluate((element) => element.ownerDocument.activeElement?.getAttribute('aria-label'));
    if (focused === name) return;
    await page.keyboard.press('Tab');
  }
  assert.fail(`Tab never reached "${name}"`);
}
