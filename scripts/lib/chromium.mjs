// A headless Chromium of this machine, driven by playwright-core.
import { chromium } from 'playwright-core';
import { which } from './run.mjs';
import { ensureDebian } from './setup.mjs';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/**
 * Starts a browser; the caller closes it.
 * @throws when there is none and none may be installed, naming what to install.
 */
export async function launchChromium() {
  const find = () => NAMES.map(which).find((path) => path !== null);
  if (!find()) ensureDebian({ chromium: 'chromium' });
  const executablePath = find();
  if (!executablePath) throw new Error('Chromium is needed: apt-get install chromium');
  return chromium.launch({
    executablePath,
    args: [
      // inside a container there is neither a user namespace nor a GPU
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      '--disable-gpu',
      '--disable-dev-shm-usage',
      '--disable-background-networking',
      // a page that a route rewrote counts as public and could not open a WebSocket to this machine
      '--disable-features=LocalNetworkAccessChecks,LocalNetworkAccessChecksWebSockets',
    ],
  });
}
