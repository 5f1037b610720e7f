/** Captures as documents: opened from the explorer and by drag and drop, with no debug session, and kept over a reload. */
import assert from 'node:assert/strict';
import { cpSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { recordRefusedUpload } from '../../webview/support/refusedUpload';
import { chooseInMenu, dragToEditors, panelIn, runCommand, SESSION_MS, useEditor } from '../support/editorPage';

const NAME = '2026-01-02T03-04-05';

describe('a capture in the explorer', () => {
  const editor = useEditor({ width: 1600, height: 1000 });
  const panel = () => panelIn(editor.page);
  const row = () => panel().getByRole('row', { name: /status 413/ });
  const inExplorer = (name: string): Locator => editor.page.getByRole('treeitem', { name, exact: true });
  const closed = async () => {
    await runCommand(editor.page, 'View: Close All Editors');
    await editor.page.locator('iframe.webview').waitFor({ state: 'detached' });
  };
  let file = '';

  before(async () => {
    const capture = await recordRefusedUpload('tls');
    const folder = join(editor.folder, '.framewire', NAME);
    cpSync(capture.folder, folder, { recursive: true });
    capture.dispose();
    // as the recorder leaves it; alone in its folder the capture would share its line in the explorer
    writeFileSync(join(editor.folder, '.framewire/.gitignore'), '*\n');
    file = readdirSync(folder).find((name) => name.endsWith('.fwp')) ?? '';
    // the editor may have listed the folder before, and not have watched it yet
    await runCommand(editor.page, 'Refresh Explorer');
    await inExplorer('.framewire').waitFor();
  });

  it('opens as a document by a double click', async () => {
    const { page, screenshot } = editor;
    await inExplorer('.framewire').click();
    await inExplorer(NAME).click();
    await inExplorer(file).dblclick();
    await page.getByRole('tab', { name: file, selected: true }).waitFor({ timeout: SESSION_MS });
    await row().waitFor({ timeout: SESSION_MS });
    await panel().getByRole('region', { name: 'Finding' }).getByText('The server refused the body').waitFor();
    await panel().locator('.hex-line').nth(12).waitFor();
    await screenshot('panel-document');
  });

  it('opens by drag and drop into the editor area', async () => {
    const { page, screenshot } = editor;
    await closed();
    await dragToEditors(page, inExplorer(file));
    await page.getByRole('tab', { name: file, selected: true }).waitFor();
    await row().waitFor({ timeout: SESSION_MS });
    await screenshot('panel-dropped');
  });

  it('reveals its secrets for this session only, also in a panel that is opened again', async () => {
    const path = () => row().locator('.cell-path');
    await path().getByText('token=•••').waitFor();
    await panel().getByRole('button', { name: 'Reveal secrets' }).click();
    await path().getByText('token=s3cr3t-token').waitFor();
    await closed();
    await inExplorer(file).dblclick();
    await path().getByText('token=s3cr3t-token').waitFor();
  });

  it('opens from the menu of its folder', async () => {
    const { page } = editor;
    await closed();
    await inExplorer(NAME).click({ button: 'right' });
    await chooseInMenu(page, 'Open Wire Panel');
    await page.getByRole('tab', { name: `Wire ${NAME}`, selected: true }).waitFor();
    await row().waitFor({ timeout: SESSION_MS });
  });

  it('is where it was after the window has been loaded anew', async () => {
    const { page, screenshot } = editor;
    await panel().getByRole('textbox', { name: 'Filter exchanges' }).fill('status:413 upload');
    await panel().locator('.toolbar .count').getByText('1 exchange').waitFor();
    await panel().getByRole('tab', { name: 'Connection' }).click();
    await panel().locator('.side').getByText('Accepted in all').waitFor();
    await panel().getByRole('grid', { name: 'Bytes' }).press('Control+Home');
    for (let presses = 0; presses < 8; presses += 1) await page.keyboard.press('Shift+ArrowRight');
    await panel().locator('.byte-status').getByText('9 B from 0 · head').waitFor();
    await runCommand(page, 'Developer: Reload Window');
    await page.getByRole('tab', { name: `Wire ${NAME}`, selected: true }).waitFor({ timeout: SESSION_MS });
    await row().waitFor({ timeout: SESSION_MS });
    const filter = panel().getByRole('textbox', { name: 'Filter exchanges' });
    assert.equal(await filter.inputValue(), 'status:413 upload');
    await panel().getByRole('tab', { name: 'Connection', selected: true }).waitFor();
    await panel().locator('.byte-status').getByText('9 B from 0 · head').waitFor();
    // what was revealed before is masked again
    await row().locator('.cell-path').getByText('token=•••').waitFor();
    await screenshot('panel-reloaded');
  });
});
