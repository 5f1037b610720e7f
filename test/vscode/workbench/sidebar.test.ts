/** The sidebar in Run and Debug, as a person has it: by mouse and by keyboard, while the program is stopped and after. */
import type { Locator } from 'playwright-core';
import { goOnToTheEnd, panelIn, pressF5, runCommand, SESSION_MS, setTheme, useEditor } from '../support/editorPage';

describe('the sidebar in Run and Debug', () => {
  const editor = useEditor({ width: 1500, height: 1300 });
  const pane = (name: string): Locator =>
    editor.page.locator('.pane', { has: editor.page.getByRole('button', { name: `${name} Section` }) });
  const row = (view: string, text: RegExp): Locator =>
    pane(view).locator('.monaco-list-row', { hasText: text }).first();
  const action = async (of: Locator, name: string): Promise<void> => {
    await of.hover();
    await of.getByRole('button', { name }).click();
  };

  it('says what to do before there is anything to show', async () => {
    const { page, screenshot } = editor;
    // opening a Python file brings the extension to life
    await page.getByRole('treeitem', { name: 'hello.py' }).dblclick();
    for (const view of ['Exception', 'Sockets']) {
      await runCommand(page, `Focus on ${view} View`);
      await pane(view).getByRole('button', { name: 'Debug Current File' }).waitFor({ timeout: SESSION_MS });
    }
    await screenshot('sidebar-welcome');
    // rows that are out of sight are not drawn
    for (const view of ['Variables', 'Breakpoints'])
      await page.getByRole('button', { name: `${view} Section` }).click();
  });

  it('shows the exception that the program is stopped at, and adds it to the watch', async () => {
    const { page, screenshot } = editor;
    await pressF5(page);
    await row('Sockets', /localhost:\d+.*▸.*TLS 1\.3.*SSL/).waitFor({ timeout: SESSION_MS });
    await row('Exception', /SSL\w*Error.*stopped here/).waitFor({ timeout: SESSION_MS });
    await row('Exception', /errno.*SSL_ERROR/).waitFor();
    await screenshot('sidebar-stopped');
    await action(row('Exception', /SSL\w*Error.*stopped here/), 'Add Exception to Watch');
    await row('Watch', /\$exception.*SSL\w*Error/).waitFor();
    await screenshot('sidebar-watch');
  });

  it('shows after the end what was caught, and leads to the source by keyboard', async () => {
    const { page, screenshot } = editor;
    await goOnToTheEnd(page);
    await row('Exception', /URLError.*caught/).waitFor({ timeout: SESSION_MS });
    await screenshot('sidebar-ended');
    await runCommand(page, 'Focus on Exception View');
    await pane('Exception').locator('.monaco-list').and(page.locator(':focus')).waitFor();
    await page.keyboard.press('Home');
    await page.keyboard.press('Control+Enter');
    await panelIn(page)
      .getByRole('row', { name: /status 413/ })
      .waitFor({ timeout: SESSION_MS });
  });

  it('opens the wire panel at a connection, and asks before it searches the web', async () => {
    const { folder, page, screenshot } = editor;
    await runCommand(page, 'View: Close All Editors');
    setTheme(folder, 'Dark Modern');
    await action(row('Sockets', /localhost:\d+/), 'Show Connection in Wire Panel');
    await panelIn(page)
      .getByRole('row', { name: /status 413/ })
      .waitFor({ timeout: SESSION_MS });
    await page.keyboard.press('Escape');
    await row('Sockets', /localhost:\d+/)
      .locator('.monaco-tl-twistie')
      .click();
    await row('Sockets', /acknowledged by the peer/).waitFor();
    await row('Exception', /frames/)
      .locator('.monaco-tl-twistie')
      .click();
    await screenshot('sidebar-dark');
    await action(row('Exception', /URLError/), 'Search the Web for This Error');
    await page
      .getByRole('dialog')
      .getByText(/duckduckgo\.com/)
      .waitFor();
    await screenshot('sidebar-search');
    await page.keyboard.press('Escape');
  });
});
