/** What the wire panel takes on large captures, in a real browser; `npm run bench -- panel` bundles and runs this. */
import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { seen } from '../support/looking';
import { openPanel } from '../support/panelPage';

export interface Scrolled {
  /** Frames in a second. */
  readonly frames: number;
  /** Milliseconds of the page's longest task meanwhile; 0 when none reached 50. */
  readonly longestTask: number;
}

export interface Measured {
  /**
   * Milliseconds from the wish to see the capture to the first rows on the screen, the start of the reading process and the
   * loading of the page included.
   */
  readonly firstRows: number;
  /** Milliseconds until all was read. */
  readonly allRead: number;
  readonly exchanges: string;
  /** At a steady pace while the capture is being read, the same when it has been, and thrown from end to end. */
  readonly reading: Scrolled;
  readonly steady: Scrolled;
  readonly thrown: Scrolled;
  /** Bytes of the page's JavaScript heap after a collection. */
  readonly pageHeap: number;
  /** Bytes resident in the process that reads the capture: the most ever, and in the end. */
  readonly hostPeak: number;
  readonly hostEnd: number;
}

/** What the page keeps for us. */
interface Watch {
  firstRows: number;
  readonly tasks: { at: number; duration: number }[];
}

const FRAMES = 300;
const STEP = 60;

export async function measure(browser: Browser, folder: string): Promise<Measured> {
  const panel = await openPanel(browser, folder, { script: watch });
  const { page, began } = panel;
  page.setDefaultTimeout(200_000);
  try {
    await page.waitForFunction(() => (window as unknown as { watch: Watch }).watch.firstRows > 0);
    const firstRows = await page.evaluate(() => (window as unknown as { watch: Watch }).watch.firstRows);
    const reading = await scroll(page, STEP, true);
    await page.locator('.reading').waitFor({ state: 'hidden' });
    const allRead = Date.now() - began;
    const exchanges = await seen(page.locator('.toolbar .count'));
    const steady = await scroll(page, STEP);
    const thrown = await scroll(page, null);
    const devtools = await page.context().newCDPSession(page);
    await devtools.send('HeapProfiler.collectGarbage');
    const { usedSize: pageHeap } = await devtools.send('Runtime.getHeapUsage');
    const [hostPeak, hostEnd] = [resident(panel.hostPid(), 'VmHWM'), resident(panel.hostPid(), 'VmRSS')];
    return { firstRows: firstRows - began, allRead, exchanges, reading, steady, thrown, pageHeap, hostPeak, hostEnd };
  } finally {
    await panel.close();
  }
}

/** In the page, before anything else: when the first rows are drawn, and which tasks are long. */
function watch(): void {
  const watched: Watch = { firstRows: 0, tasks: [] };
  (window as unknown as { watch: Watch }).watch = watched;
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) watched.tasks.push({ at: startTime, duration });
  }).observe({ entryTypes: ['longtask'] });
  const look = () => {
    // what is there at the beginning of a frame is on the screen at its end
    if (document.querySelector('.table-row:not(.loading) .cell-path')) {
      requestAnimationFrame(() => {
        watched.firstRows = performance.timeOrigin + performance.now();
      });
    } else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

/**
 * @param pixels of each frame; null for what makes it to the end
 * @param whileReading as long as the capture is being read, instead of for a number of frames
 */
function scroll(page: Page, pixels: number | null, whileReading = false): Promise<Scrolled> {
  return page.evaluate(
    async ({ pixels, most, whileReading }) => {
      const rows = document.querySelector('.table-rows') as HTMLElement;
      const reading = document.querySelector('.reading') as HTMLElement;
      const step = pixels ?? (rows.scrollHeight - rows.clientHeight) / most;
      const began = performance.now();
      let frames = 0;
      while (whileReading ? !reading.hidden : frames < most) {
        frames += 1;
        rows.scrollTop += step;
        await new Promise((resolve) => requestAnimationFrame(resolve));
      }
      const took = performance.now() - began;
      // the observer is told of the last tasks a little later
      await new Promise((resolve) => setTimeout(resolve, 100));
      const { tasks } = (window as unknown as { watch: Watch }).watch;
      const meanwhile = tasks.filter(({ at }) => at >= began && at < began + took);
      return {
        frames: frames === 0 ? Number.NaN : (1000 * frames) / took,
        longestTask: Math.max(0, ...meanwhile.map(({ duration }) => duration)),
      };
    },
    { pixels, most: FRAMES, whileReading },
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
