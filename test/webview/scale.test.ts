/** Large captures: they open at once, scroll smoothly, and the page holds pages and no bodies. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileHeader, ioRecord, jsonRecord, stackRecord } from '../support/captureWriter';
import { panelSuite } from './support/suite';

const EXCHANGES = 100_000;
/** Each connection carries so many. */
const PER_CONNECTION = 100;
/** What the page may do at a stretch while it scrolls, in milliseconds. */
const MAX_TASK_MS = 50;

/** A hundred thousand small exchanges, as the recorder would have written them. */
function writeMany(folder: string): void {
  const records: Uint8Array[] = [
    fileHeader({ flags: 1 }),
    jsonRecord('process', 0, { pid: 100, ppid: 1, python: '3.11.2', argv: ['python3', 'busy.py'], platform: 'linux' }),
    jsonRecord('thread', 0, { id: 1, ident: 1, name: 'MainThread' }),
    jsonRecord('code', 0, { id: 1, file: '/home/user/busy.py', name: 'work', line: 1 }),
    stackRecord(1, 0, [[1, 10]]),
  ];
  let at = 1_000_000;
  for (let index = 0, socket = 0, up = 0, down = 0; index < EXCHANGES; index += 1) {
    if (index % PER_CONNECTION === 0) {
      socket += 1;
      up = 0;
      down = 0;
      records.push(
        jsonRecord('socket', at, {
          id: socket,
          family: 'AF_INET',
          type: 'SOCK_STREAM',
          how: 'created',
          thread: 1,
          stack: 1,
        }),
        jsonRecord('connect', at, {
          socket,
          thread: 1,
          stack: 1,
          duration: 1000,
          family: 'AF_INET',
          address: '127.0.0.1',
          port: 80,
          result: 'connected',
        }),
      );
    }
    const request = `GET /item/${index} HTTP/1.1\r\nHost: example.org\r\n\r\n`;
    const reply = `HTTP/1.1 ${index % 50 === 7 ? '503 Busy' : '200 OK'}\r\nContent-Length: 2\r\n\r\nok`;
    records.push(
      ioRecord({
        socket,
        op: 2,
        stack: 1,
        at,
        handed: request.length,
        result: request.length,
        offset: up,
        payload: request,
      }),
      ioRecord({
        socket,
        op: 18,
        stack: 1,
        at: at + 50_000,
        handed: 8192,
        result: reply.length,
        offset: down,
        payload: reply,
      }),
    );
    up += request.length;
    down += reply.length;
    at += 100_000;
    if (index % PER_CONNECTION === PER_CONNECTION - 1)
      records.push(jsonRecord('close', at, { socket, thread: 1, stack: 1, how: 'close' }));
  }
  records.push(jsonRecord('end', at, { droppedPayload: 0 }));
  writeFileSync(join(folder, 'process-100-0.fwp'), Buffer.concat(records));
}

describe(`a capture of ${EXCHANGES.toLocaleString('en-US')} exchanges`, function () {
  this.timeout(120_000);
  const suite = panelSuite();
  let folder = '';
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'framewire-scale-'));
    writeMany(folder);
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('is filtered, sorted and scrolled from end to end without a long task', async () => {
    const { page } = await suite.open(folder);
    page.setDefaultTimeout(60_000);
    const began = Date.now();
    await page.getByRole('row', { name: /item\/7,/ }).waitFor();
    const opened = Date.now() - began;
    await page.evaluate(() => {
      const tasks: number[] = [];
      (window as unknown as { tasks: number[] }).tasks = tasks;
      new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => duration))).observe({
        entryTypes: ['longtask'],
      });
    });
    const frames = await page.evaluate(async () => {
      const rows = document.querySelector('.table-rows') as HTMLElement;
      const times: number[] = [];
      let last = performance.now();
      for (let step = 0; step < 120; step += 1) {
        rows.scrollTop = (rows.scrollHeight * step) / 119;
        await new Promise((resolve) => requestAnimationFrame(resolve));
        const now = performance.now();
        times.push(now - last);
        last = now;
      }
      return times.sort((a, b) => a - b);
    });
    await page.getByRole('row', { name: new RegExp(`item/${EXCHANGES - 1},`) }).waitFor();
    const tasks = await page.evaluate(() => (window as unknown as { tasks: number[] }).tasks);
    const elements = await page.evaluate(() => document.querySelectorAll('*').length);
    const devtools = await page.context().newCDPSession(page);
    await devtools.send('HeapProfiler.collectGarbage');
    const { usedSize: memory } = await devtools.send('Runtime.getHeapUsage');
    const field = page.getByRole('textbox', { name: 'Filter exchanges' });
    const filtering = Date.now();
    await field.fill('status:503');
    await page.locator('.toolbar .count').getByText('2,000 of 100,000 exchanges').waitFor();
    const filtered = Date.now() - filtering;
    process.stdout.write(
      `      opened in ${opened} ms, filtered in ${filtered} ms, median frame ${(frames[60] ?? 0).toFixed(1)} ms, ` +
        `longest task ${Math.max(0, ...tasks).toFixed(0)} ms, ${elements} elements, heap ${(memory / 1e6).toFixed(0)} MB\n`,
    );
    assert.ok(elements < 4000, `${elements} elements`);
    assert.ok(memory < 60e6, `${memory} bytes of heap`);
    assert.ok(
      Math.max(0, ...tasks) <= 4 * MAX_TASK_MS,
      `tasks of ${tasks.map((task) => task.toFixed(0)).join(', ')} ms`,
    );
  });
});
