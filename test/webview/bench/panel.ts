/** What the wire panel takes on large captures, in a real browser; `npm run bench -- panel` bundles and runs this. */
import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { seen } from '../support/looking';
import { openPanel } from '../support/panelPage';

export interface Measured {
  /** Milliseconds from nothing to the first rows on the screen, the start of the reading process included. */
  readonly firstRows: number;
  /** Milliseconds until all was read. */
  readonly allRead: number;
  readonly exchanges: string;
  /** Frames in a second, at a steady scroll and thrown from end to end. */
  readonly steady: number;
  readonly thrown: number;
  /** Milliseconds of the longest task of the page in both; 0 when none reached 50. */
  readonly longestTask: number;
  /** Bytes of the page's JavaScript heap after a collection. */
  readonly pageHeap: number;
  /** Bytes resident in the process that reads the capture: the most ever, and in the end. */
  readonly hostPeak: number;
  readonly hostEnd: number;
}

const FRAMES = 300;

export async function measure(browser: Browser, folder: string): Promise<Measured> {
  const began = performance.now();
  const panel = await openPanel(browser, folder);
  const { page } = panel;
  page.setDefaultTimeout(200_000);
  try {
    await page.locator('.table-row:not(.loading) .cell-path').first().waitFor();
    const firstRows = performance.now() - began;
    await page.locator('.toolbar .count', { hasNotText: 'so far' }).waitFor();
    const allRead = performance.now() - began;
    const exchanges = await seen(page.locator('.toolbar .count'));
    await watchTasks(page);
    const steady = await scroll(page, 60);
    const thrown = await scroll(page, null);
    const longestTask = await page.evaluate(() => Math.max(0, ...(window as unknown as { tasks: number[] }).tasks));
    const devtools = await page.context().newCDPSession(page);
    await devtools.send('HeapProfiler.collectGarbage');
    const { usedSize: pageHeap } = await devtools.send('Runtime.getHeapUsage');
    const [hostPeak, hostEnd] = [resident(panel.hostPid(), 'VmHWM'), resident(panel.hostPid(), 'VmRSS')];
    return { firstRows, allRead, exchanges, steady, thrown, longestTask, pageHeap, hostPeak, hostEnd };
  } finally {
    await panel.close();
  }
}

async function watchTasks(page: Page): Promise<void> {
  await page.evaluate(() => {
    const tasks: number[] = [];
    (window as unknown as { tasks: number[] }).tasks = tasks;
    new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => duration))).observe({
      entryTypes: ['longtask'],
    });
  });
}

/** Frames in a second. @param pixels of each frame; null for what makes it to the end */
function scroll(page: Page, pixels: number | null): Promise<number> {
  return page.evaluate(
    async ({ pixels, frames }) => {
      const rows = document.querySelector('.table-rows') as HTMLElement;
      const step = pixels ?? (rows.scrollHeight - rows.clientHeight) / frames;
      const began = performance.now();
      for (let frame = 0; frame < frames; frame += 1) {
        rows.scrollTop += step;
        await new Promise((resolve) => requestAnimationFrame(resolve));
      }
      return (1000 * frames) / (performance.now() - began);
    },
    { pixels, frames: FRAMES },
  );
}

/** Linux only; elsewhere not known. */
function resident(pid: number, name: string): number {
  try {
    const kilobytes = new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return Number(kilobytes) * 1024;
  } catch {
    return Number.NaN;
  }
}
