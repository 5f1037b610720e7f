/** The built panel in a real browser, on the real host process: all but the editor itself, which is played here. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { startHostProcess } from '../../../src/extension/panels/hostProcess';
import { pageHtml } from '../../../src/extension/panels/page';
import { PanelRelay } from '../../../src/extension/panels/panelRelay';
import type { CaptureSummary, EditorCalls, PanelEvents } from '../../../src/messages/panel';
import type { Packet } from '../../../src/messages/panelChannel';
import { checkout } from '../../support/checkout';

export type Theme = 'dark' | 'light' | 'highContrast';
const ORIGIN = 'http://panel.test';
const BUILT = join(checkout, 'out/webview/dist');

export interface PanelPageOptions {
  readonly theme?: Theme;
  readonly width?: number;
  readonly height?: number;
  readonly revealed?: boolean;
  /** State that an earlier page of the same panel left. */
  readonly state?: unknown;
  readonly reducedMotion?: boolean;
  /** Runs in the page before anything of the panel does. */
  readonly script?: () => void;
}

export interface PanelPage {
  readonly page: Page;
  /** When the panel was asked for, milliseconds since 1970: then its process was started and its page loaded. */
  readonly began: number;
  /** What the editor was asked to open, in order. */
  readonly opened: { file: string; line: number }[];
  readonly clipboard: string[];
  /** Names of the calls that the page made to the host, in order. */
  readonly asked: string[];
  /** What the host told of the capture by itself, in order. */
  readonly told: CaptureSummary[];
  /** Of the process that reads the capture. */
  hostPid(): number;
  /** The path that bytes were saved to, once they have been. */
  saved(): Promise<string>;
  /** Errors and complaints of the page, violations of the policy among them; none is expected. */
  readonly complaints: string[];
  /** What the panel would get back after a reload. */
  state(): Promise<unknown>;
  screenshot(name: string): Promise<void>;
  close(): Promise<void>;
}

export async function openPanel(browser: Browser, folder: string, options: PanelPageOptions = {}): Promise<PanelPage> {
  const { theme = 'dark', width = 1280, height = 800 } = options;
  const context = await browser.newContext({
    viewport: { width, height },
    reducedMotion: options.reducedMotion ? 'reduce' : 'no-preference',
    forcedColors: 'none',
  });
  const page = await context.newPage();
  // shorter than a test may take, so that what was waited for is told
  page.setDefaultTimeout(30_000);
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error.stack ?? error)));

  const opened: PanelPage['opened'] = [];
  const clipboard: string[] = [];
  const asked: string[] = [];
  const told: CaptureSummary[] = [];
  let tellSaved: (path: string) => void = () => undefined;
  const saved = new Promise<string>((resolve) => {
    tellSaved = resolve;
  });
  let receive: (packet: Packet) => void = () => undefined;
  // the page is blank and waits, as an editor's window does
  await page.exposeFunction('sendToEditor', (packet: Packet) => receive(packet));
  await dress(page, theme, options.state ?? null);
  if (options.script) await page.addInitScript(options.script);
  await serve(page, folder);
  const began = Date.now();
  const relay = new PanelRelay({
    start: () =>
      startHostProcess({ script: join(BUILT, 'panelHost.mjs'), folder, revealed: options.revealed ?? false }),
    webview: {
      send: (packet) => {
        if (packet.kind === 'event' && packet.name === 'changed') {
          told.push((packet.body as PanelEvents['changed']).summary);
        }
        // as text: playwright takes an object apart in the page, which costs more than what the page does with it
        const text = JSON.stringify(packet);
        void page.evaluate((sent) => window.postMessage(JSON.parse(sent), '*'), text).catch(() => undefined);
      },
      listen: (listener) => {
        receive = (packet) => {
          if (packet.kind === 'call') asked.push(packet.name);
          listener(packet);
        };
        return () => undefined;
      },
    },
    editor: {
      openSource: ({ file, line }) => {
        opened.push({ file, line });
        return null;
      },
      writeClipboard: ({ text }) => {
        clipboard.push(text);
        return null;
      },
      saveBytes: async ({ suggestedName, ...span }: EditorCalls['saveBytes']['params']) => {
        const path = join(folder, suggestedName);
        await relay.callHost('writeRange', { ...span, path });
        tellSaved(path);
        return path;
      },
    },
  });
  await page.goto(`${ORIGIN}/`);
  return {
    page,
    began,
    opened,
    clipboard,
    asked,
    told,
    hostPid: () => relay.hostPid,
    saved: () => saved,
    complaints,
    state: () => page.evaluate(() => (window as unknown as { keptState: unknown }).keptState),
    async screenshot(name) {
      await page.screenshot({ path: join(checkout, 'out/webview', `${name}.png`) });
    },
    async close() {
      relay.dispose();
      await context.close();
    },
  };
}

/** The editor's side of the page: its API, the theme's variables and the class of the body. */
async function dress(page: Page, theme: Theme, state: unknown): Promise<void> {
  const path = join(checkout, 'test/webview/themes', `${theme}.json`);
  const { variables, kind } = JSON.parse(readFileSync(path, 'utf8')) as {
    variables: Record<string, string>;
    kind: string;
  };
  const fonts = {
    '--vscode-font-family': 'system-ui, "DejaVu Sans", sans-serif',
    '--vscode-font-size': '13px',
    '--vscode-editor-font-family': '"DejaVu Sans Mono", monospace',
    '--vscode-editor-font-size': '13px',
  };
  await page.addInitScript(
    ({ all, kind, state }) => {
      const holder = window as unknown as {
        keptState: unknown;
        acquireVsCodeApi: unknown;
        sendToEditor: (packet: unknown) => void;
      };
      holder.keptState = state ?? undefined;
      holder.acquireVsCodeApi = () => ({
        postMessage: (packet: unknown) => holder.sendToEditor(packet),
        getState: () => holder.keptState,
        setState: (next: unknown) => {
          holder.keptState = next;
        },
      });
      document.addEventListener('DOMContentLoaded', () => {
        for (const [name, value] of Object.entries(all)) document.documentElement.style.setProperty(name, value);
        document.body.className = kind;
        document.body.dataset.vscodeThemeKind = kind;
      });
    },
    { all: { ...fonts, ...variables, ...fonts }, kind, state },
  );
}

/** Serves the page and its two files; a request for anything else fails, as it does in a webview. */
async function serve(page: Page, folder: string): Promise<void> {
  const html = pageHtml({
    source: ORIGIN,
    nonce: 'test',
    script: `${ORIGIN}/wire.js`,
    style: `${ORIGIN}/wire.css`,
    folder,
    exchange: null,
    title: 'Wire',
  });
  const files: Readonly<Record<string, readonly [string, string]>> = {
    '/': [html, 'text/html; charset=utf-8'],
    '/wire.js': [readFileSync(join(BUILT, 'webview/wire.js'), 'utf8'), 'text/javascript; charset=utf-8'],
    '/wire.css': [readFileSync(join(BUILT, 'webview/wire.css'), 'utf8'), 'text/css; charset=utf-8'],
  };
  await page.route('**/*', async (route) => {
    const found = files[new URL(route.request().url()).pathname];
    if (found) await route.fulfill({ body: found[0], contentType: found[1] });
    else await route.abort();
  });
}
