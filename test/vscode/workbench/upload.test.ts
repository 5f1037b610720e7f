/** "Debug Upload Here" by hand: on a line of an installed library, in the menus, and above a call. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { SESSION_MS, useEditor } from '../support/editorPage';

const MENU = 'Debug Upload Here';

describe('an upload, from the editor', () => {
  const editor = useEditor({ height: 900 });

  before(() => {
    const { configurations } = JSON.parse(readFileSync(join(editor.folder, '.vscode/launch.json'), 'utf8'));
    const original = configurations.find(({ name }: { name: string }) => name === 'refused over TLS');
    const lines = Object.entries(original.env).map(([name, value]) => `${name}='${value}'\n`);
    writeFileSync(join(editor.folder, '.env'), lines.join(''));
  });

  /** Opens a file at a line, by its path, as "Go to File" does; what is above the line is settled then. */
  async function open(path: string, line: number): Promise<Locator> {
    const { page } = editor;
    const name = path.split('/').at(-1) ?? path;
    const giveUp = Date.now() + SESSION_MS;
    for (;;) {
      await page.keyboard.press('Control+P');
      try {
        await page.locator('.quick-input-widget .quick-input-box input').fill(`${path}:${line}`, { timeout: 5000 });
        await page.locator('.quick-input-list .monaco-list-row.focused', { hasText: name }).waitFor({ timeout: 5000 });
        break;
      } catch (error) {
        // what takes the focus while the window starts closes it again
        if (Date.now() > giveUp) throw error;
        await page.keyboard.press('Escape');
      }
    }
    await page.keyboard.press('Enter');
    const shown = page.locator('.monaco-editor .line-numbers.active-line-number', { hasText: new RegExp(`^${line}$`) });
    await shown.first().waitFor({ timeout: SESSION_MS });
    return shown.first();
  }

  /** The lens above a call; it moves what is below. */
  async function lens(): Promise<void> {
    const found = editor.page.locator('.codelens-decoration a', { hasText: 'Debug upload here' });
    await found.first().waitFor({ timeout: SESSION_MS });
  }

  /** The stop that is explained so, with that line of the call on top of the stack. */
  async function stoppedAt(text: RegExp, line: number): Promise<void> {
    const { page } = editor;
    await page.locator('.exception-widget', { hasText: text }).waitFor({ timeout: SESSION_MS });
    await page.getByText(`Ln ${line}, Col`).waitFor({ timeout: SESSION_MS });
  }

  async function goOn(): Promise<void> {
    await editor.page
      .getByRole('button', { name: /^Continue/ })
      .first()
      .click();
  }

  async function ended(): Promise<void> {
    await editor.page.locator('.debug-toolbar').waitFor({ state: 'hidden', timeout: SESSION_MS });
  }

  it("asks once which command runs a library's file, and stops at the call and where it fails", async () => {
    const { page, screenshot } = editor;
    const folder = execFileSync('/usr/bin/python3', ['-c', 'import asciinema; print(asciinema.__path__[0])'], {
      cwd: '/',
    });
    const path = join(folder.toString().trim(), 'urllib_http_adapter.py');
    const line =
      readFileSync(path, 'utf8')
        .split('\n')
        .findIndex((text) => text.includes('with urlopen(')) + 1;
    await open(path, line);
    await lens();
    await page
      .locator('.view-line', { hasText: 'with' })
      .filter({ hasText: 'urlopen(request)' })
      .click({ button: 'right' });
    await page.getByRole('menuitem', { name: MENU, exact: true }).waitFor();
    await screenshot('upload-menu');
    await page.getByRole('menuitem', { name: MENU, exact: true }).click();
    const input = page.locator('.quick-input-widget .quick-input-box input');
    // the library's own command comes first, when the interpreter has answered
    const command = page.locator('.quick-input-list .monaco-list-row', { hasText: 'asciinema' });
    await command.first().waitFor({ timeout: SESSION_MS });
    await screenshot('upload-commands');
    await input.fill('asciinema upload demo.cast');
    await page
      .locator('.quick-input-list .monaco-list-row.focused', { hasText: 'asciinema upload demo.cast' })
      .waitFor();
    await screenshot('upload-typed');
    await page.keyboard.press('Enter');
    await stoppedAt(/Sending POST \/api\/asciicasts to localhost/, line);
    await screenshot('upload-sending');
    await goOn();
    await stoppedAt(/after the server had already replied 413/, line);
    await screenshot('upload-failed');
    await goOn();
    await ended();
  });

  it('is a lens above the call, and in the menus of the explorer and the line numbers', async () => {
    const { page, screenshot } = editor;
    const number = await open(join(editor.folder, 'upload.py'), 28);
    await lens();
    await screenshot('upload-lens');
    const item = page.getByRole('menuitem', { name: MENU, exact: true });
    await page.keyboard.press('Control+Shift+E');
    await page.getByRole('treeitem', { name: 'upload.py', exact: true }).click({ button: 'right' });
    await item.waitFor();
    await screenshot('upload-explorer');
    await page.keyboard.press('Escape');
    await item.waitFor({ state: 'hidden' });
    await number.click({ button: 'right' });
    await item.waitFor();
    await screenshot('upload-gutter');
    await item.click();
    await stoppedAt(/Sending POST \S+ to localhost/, 28);
    await goOn();
    await stoppedAt(/after the server had already replied 413/, 28);
    await goOn();
    await ended();
  });

  it('has its neighbour in the run menu: the file, with all that happens in it', async () => {
    const { page, screenshot } = editor;
    await open(join(editor.folder, 'hello.py'), 1);
    const button = page.getByRole('button', { name: 'Debug with Framewire' });
    await button.first().waitFor();
    await screenshot('upload-run');
    await button.first().click();
    // what the program prints
    await page.locator('.xterm-rows', { hasText: 'hello' }).first().waitFor({ timeout: SESSION_MS });
    await ended();
    assert.equal(await page.locator('.notification-toast', { hasText: /error/i }).count(), 0);
  });
});
