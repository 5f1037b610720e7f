// The workbench of a code-server in a headless browser, also as the host of an extension under test.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { launchChromium } from './chromium.mjs';

const NEVER = new Promise(() => undefined);
const CONFIGURATION = /(id="vscode-workbench-web-configuration" data-settings=")([^"]*)(")/;

/**
 * Opens `folder` in the workbench of a running code-server: a folder, a .code-workspace file, or null for an empty window.
 *
 * With `development` given, the page is rewritten on its way so that the workbench loads the extensions at
 * `extensionPaths` and runs the suite at `testsPath` (a CommonJS file that exports `run()`), as a desktop VS Code does
 * with --extensionDevelopmentPath and --extensionTestsPath; this build of the server has no option for that.
 *
 * @param {{url: string, port: number, folder: string | null, artefacts: string,
 *   development?: {extensionPaths: string[], testsPath: string}, language?: string}} options `language` of the display; no
 *   language pack is there, so that the editor's own texts stay English
 * @returns {Promise<{page: import('playwright-core').Page, ended: Promise<number>,
 *   screenshot: (name: string) => Promise<string>, close: () => Promise<void>}>}
 *   `ended` resolves to the suite's exit code, and rejects when the page dies before.
 */
export async function openWorkbench({ url, port, folder, artefacts, development, language }) {
  const browser = await launchChromium();
  try {
    const page = await browser.newPage({
      viewport: { width: 1280, height: 800 },
      // as a desktop editor has it
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    // as the script of a language pack does it
    if (language) await page.addInitScript(`globalThis._VSCODE_NLS_LANGUAGE = ${JSON.stringify(language)};`);
    const { ended } = development ? await prepareTests(page, { port, ...development }) : { ended: NEVER };
    await page.goto(`${url}/?${new URLSearchParams(place(folder))}`);
    return {
      page,
      ended,
      async screenshot(name) {
        mkdirSync(artefacts, { recursive: true });
        const path = join(artefacts, `${name.replace(/[^\w .-]+/g, '_').slice(0, 100)}.png`);
        await page.screenshot({ path });
        return path;
      },
      close: () => browser.close(),
    };
  } catch (error) {
    await browser.close();
    throw error;
  }
}

/** What the page's address says is to be opened. */
function place(folder) {
  if (folder === null) return { ew: 'true' };
  return folder.endsWith('.code-workspace') ? { workspace: folder } : { folder };
}

async function prepareTests(page, { port, extensionPaths, testsPath }) {
  const uri = (path) => ({ scheme: 'vscode-remote', authority: `127.0.0.1:${port}`, path });
  const developmentOptions = {
    extensions: extensionPaths.map(uri),
    extensionTestsPath: uri(testsPath),
    enableSmokeTestDriver: true,
  };
  await page.route(
    ({ pathname }) => pathname === '/',
    async (route) => {
      const response = await route.fetch();
      const text = await response.text();
      if (!CONFIGURATION.test(text)) throw new Error('The page of code-server holds no workbench configuration.');
      const body = text.replace(CONFIGURATION, (_, before, settings, after) => {
        const configuration = JSON.parse(settings.replaceAll('&quot;', '"').replaceAll('&amp;', '&'));
        configuration.developmentOptions = { ...configuration.developmentOptions, ...developmentOptions };
        return before + JSON.stringify(configuration).replaceAll('&', '&amp;').replaceAll('"', '&quot;') + after;
      });
      await route.fulfill({ response, body });
    },
  );
  // the workbench calls both by these names; its own log is large and the server keeps it, so it goes nowhere
  await page.exposeFunction('codeAutomationLog', () => undefined);
  let exit = () => undefined;
  await page.exposeFunction('codeAutomationExit', (code) => exit(code));
  const ended = new Promise((resolve, reject) => {
    exit = resolve;
    page.once('crash', () => reject(new Error('The page of the workbench crashed.')));
    page.once('close', () => reject(new Error('The page of the workbench was closed before the suite had ended.')));
  });
  ended.catch(() => undefined);
  return { ended };
}
