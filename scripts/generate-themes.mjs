// Reads the colours that a real workbench gives to webviews and keeps them for the panel's tests: test/webview/themes/*.json.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startCodeServer } from './lib/codeServer.mjs';
import { root } from './lib/paths.mjs';
import { openWorkbench } from './lib/workbench.mjs';

/** File name, the theme's name in the settings, and the class that webviews of such a theme have. */
const THEMES = [
  ['dark', 'Default Dark Modern', 'vscode-dark'],
  ['light', 'Default Light Modern', 'vscode-light'],
  ['highContrast', 'Default High Contrast', 'vscode-high-contrast'],
];

const target = join(root, 'test/webview/themes');
mkdirSync(target, { recursive: true });
for (const [file, theme, kind] of THEMES) {
  const variables = await variablesOf(theme);
  writeFileSync(join(target, `${file}.json`), `${JSON.stringify({ theme, kind, variables }, null, 2)}\n`);
  process.stdout.write(`${file}: ${Object.keys(variables).length} variables of ${theme}\n`);
}

async function variablesOf(theme) {
  const folder = mkdtempSync(join(tmpdir(), 'framewire-theme-'));
  mkdirSync(join(folder, 'User'), { recursive: true });
  mkdirSync(join(folder, 'extensions'));
  const settings = { 'workbench.colorTheme': theme, 'window.autoDetectColorScheme': false };
  writeFileSync(join(folder, 'User/settings.json'), JSON.stringify(settings));
  const server = await startCodeServer({ userDataDir: folder, extensionsDir: join(folder, 'extensions') });
  const workbench = await openWorkbench({ ...server, folder, artefacts: folder });
  try {
    await workbench.page.locator('.monaco-workbench .part.statusbar').waitFor();
    // the theme arrives after the workbench itself
    await workbench.page.waitForFunction(`document.querySelector('.monaco-workbench').className.includes('theme-')`);
    return await workbench.page.evaluate(() => {
      const element = document.querySelector('.monaco-workbench');
      const names = [...document.styleSheets]
        .flatMap((sheet) => [...sheet.cssRules])
        .filter((rule) => rule.selectorText === '.monaco-workbench')
        .flatMap((rule) => [...rule.style])
        .filter((name) => name.startsWith('--vscode-'));
      const style = getComputedStyle(element);
      return Object.fromEntries([...new Set(names)].sort().map((name) => [name, style.getPropertyValue(name).trim()]));
    });
  } finally {
    await workbench.close();
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}
