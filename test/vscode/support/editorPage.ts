/** The editor as a person has it: the packed extension in a real workbench, in a browser, on the suites' workspace. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { FrameLocator, Locator, Page } from 'playwright-core';
import { checkout } from '../../support/checkout';

/** How long the editor may take to start, or a session to end and be reported, in milliseconds. */
export const SESSION_MS = 60_000;

// run as they are, not bundled: they find the checkout by their own place in it
const script = (name: string) => import(pathToFileURL(join(checkout, 'scripts/lib', name)).href);

export interface EditorPage {
  readonly page: Page;
  /** Absolute path of the folder that is open. */
  readonly folder: string;
  /** Writes out/vscode/NAME.png and resolves to its path. */
  screenshot(name: string): Promise<string>;
}

/**
 * Opens an editor before the tests of the enclosing `describe` and closes it after them; a test that fails leaves a
 * picture. What it returns is filled when the tests run.
 * @param empty no folder is open
 */
export function useEditor({ width = 1280, height = 800, empty = false } = {}): EditorPage {
  const editor: { page?: Page; folder?: string; screenshot?: EditorPage['screenshot'] } = {};
  const cleanups: Array<() => Promise<void>> = [];

  before(async () => {
    const { makeSuiteWorkspace } = await script('suiteWorkspace.mjs');
    const { startWebEditor } = await script('openEditor.mjs');
    const { openWorkbench } = await script('workbench.mjs');
    const workspace = await makeSuiteWorkspace();
    cleanups.unshift(() => workspace.stop());
    const server = await startWebEditor({ workspaceFolder: workspace.folder });
    cleanups.unshift(() => server.stop());
    const artefacts = join(checkout, 'out/vscode');
    const workbench = await openWorkbench({
      url: server.origin,
      folder: empty ? null : workspace.folder,
      artefacts,
    });
    cleanups.unshift(() => workbench.close());
    await workbench.page.setViewportSize({ width, height });
    const { page } = workbench;
    await (empty ? page.locator('.statusbar') : page.getByRole('treeitem', { name: 'hello.py' })).waitFor({
      timeout: SESSION_MS,
    });
    Object.assign(editor, { page, folder: workspace.folder, screenshot: workbench.screenshot });
  });

  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await editor.screenshot?.(`failed - ${this.currentTest.title}`);
  });

  after(async () => {
    for (const cleanup of cleanups) await cleanup();
  });

  return editor as EditorPage;
}

/**
 * Chooses a command in the palette. `name` as it stands there, with its category. A palette that was opened before the editor
 * has read what its extensions contribute never shows it, and nothing on the page tells when that is over.
 */
export async function runCommand(page: Page, name: string): Promise<void> {
  const giveUp = Date.now() + SESSION_MS;
  while (!(await isOffered(page, name, 5000))) {
    assert.ok(Date.now() < giveUp, `the palette never had "${name}"`);
    await page.keyboard.press('Escape');
  }
  await page.keyboard.press('Enter');
}

/** Opens the palette; false, with it open or not, where the command does not come in so many milliseconds. */
async function isOffered(page: Page, name: string, timeout: number): Promise<boolean> {
  await page.keyboard.press('F1');
  try {
    // typed before the palette is there, the first letters would go elsewhere; what takes the focus may close it again
    await page.locator('.quick-input-widget .quick-input-box input').fill(`>${name}`, { timeout: 5000 });
    await page.locator('.quick-input-list .monaco-list-row.focused', { hasText: name }).waitFor({ timeout });
    return true;
  } catch {
    return false;
  }
}

/** How long after F5 a session may take to show that it begins, in milliseconds. */
const BEGINS_MS = 15_000;

/**
 * Opens the debug view and presses F5 until a session begins. Until the editor knows of the debugger, the key does nothing there,
 * and nothing on the page tells when that is over. Pressed again too soon, it asks whether a second session is wanted.
 */
export async function pressF5(page: Page): Promise<void> {
  await runCommand(page, 'View: Show Run and Debug');
  await page.getByRole('button', { name: 'Start Debugging' }).waitFor({ timeout: SESSION_MS });
  const giveUp = Date.now() + SESSION_MS;
  for (;;) {
    await page.keyboard.press('F5');
    try {
      return await page.locator('.debug-toolbar').waitFor({ timeout: BEGINS_MS });
    } catch (error) {
      if (Date.now() > giveUp) throw error;
    }
  }
}

/**
 * Goes on from every stop until the session has ended, by a command that there is at stops only: F5 would begin another session
 * where the last one has just ended.
 */
export async function goOnToTheEnd(page: Page): Promise<void> {
  const toolbar = page.locator('.debug-toolbar');
  const giveUp = Date.now() + 2 * SESSION_MS;
  while (await toolbar.isVisible()) {
    assert.ok(Date.now() < giveUp, 'the session never ended');
    await page.keyboard.press((await isOffered(page, 'Debug: Continue', 2000)) ? 'Enter' : 'Escape');
    await toolbar.waitFor({ state: 'hidden', timeout: 2000 }).catch(() => undefined);
  }
}

/** Chooses an item of the menu that is open. What is clicked in the moment in which a menu opens, the editor ignores. */
export async function chooseInMenu(page: Page, name: string): Promise<void> {
  const item = page.getByRole('menuitem', { name });
  await item.waitFor();
  const giveUp = Date.now() + SESSION_MS;
  while (await item.isVisible()) {
    await item.click({ timeout: 1000 }).catch(() => undefined);
    try {
      await item.waitFor({ state: 'hidden', timeout: 1000 });
    } catch (error) {
      if (Date.now() > giveUp) throw error;
    }
  }
}

/** Drags with the mouse and drops where the editor shows that it would take it. */
export async function dragToEditors(page: Page, source: Locator): Promise<void> {
  const target = await page.locator('.part.editor .editor-group-container').first().boundingBox();
  assert.ok(target);
  const at = [target.x + target.width / 2, target.y + target.height / 2] as const;
  await source.hover();
  await page.mouse.down();
  await page.mouse.move(...at, { steps: 8 });
  await page.locator('#monaco-workbench-editor-drop-overlay').waitFor({ state: 'attached' });
  await page.mouse.move(at[0] + 4, at[1] + 4, { steps: 4 });
  await page.mouse.up();
}

/** Changes the theme, by its id: the picker of themes is drawn anew with every key, a setting takes hold once. */
export function setTheme(folder: string, theme: string): void {
  writeFileSync(join(folder, '.vscode/settings.json'), JSON.stringify({ 'workbench.colorTheme': theme }));
}

/** The page of the wire panel that is shown: a frame in the frame that the editor makes of a webview. */
export const panelIn = (page: Page): FrameLocator =>
  page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame');

/** The first bytes that are alight on the screen, as hex; they are marked before they have come. */
export async function firstLinked(panel: FrameLocator): Promise<string> {
  const linked = panel.locator('.hex-bytes .linked').first();
  await linked.filter({ hasText: /^[\da-f]{2}/ }).waitFor();
  return (await linked.allInnerTexts()).join('');
}

/** Resolves when the keys go to the panel: what it had the focus on last, its page tells also while another has the keys. */
export async function untilPanelHasKeys(panel: FrameLocator): Promise<void> {
  const giveUp = Date.now() + SESSION_MS;
  const hasKeys = () => panel.locator('body').evaluate((element) => element.ownerDocument.hasFocus());
  while (!(await hasKeys())) assert.ok(Date.now() < giveUp, 'the panel never got the keys');
}

/** Presses Tab until the element of that name in the panel has the focus; or another key that goes on from one to the next. */
export async function tabTo(page: Page, panel: FrameLocator, name: string | RegExp, key = 'Tab'): Promise<void> {
  await untilPanelHasKeys(panel);
  const passed = new Set<string>();
  for (let presses = 0; presses < 80; presses += 1) {
    const focused = await panel.locator('body').evaluate((element) => {
      const { activeElement } = element.ownerDocument;
      return activeElement?.getAttribute('aria-label') ?? activeElement?.textContent ?? '';
    });
    if (typeof name === 'string' ? focused === name : name.test(focused)) return;
    passed.add(focused.slice(0, 60));
    await page.keyboard.press(key);
  }
  assert.fail(`${key} never reached "${name}"; it went by ${[...passed].join(' | ')}`);
}

/** Resolves when `found` does in one of the first two webviews: nothing on them tells from outside whose they are. */
export async function someWebview(page: Page, found: (inside: FrameLocator) => Promise<void>): Promise<void> {
  const webviews = page.locator('iframe.webview.ready');
  const inside = (index: number) => webviews.nth(index).contentFrame().frameLocator('iframe#active-frame');
  await Promise.any([0, 1].map((index) => found(inside(index))));
}
