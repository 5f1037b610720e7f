/**
 * Large captures: the first rows are there while the rest is being read, the page holds pages and neither bodies nor rows,
 * and it asks for no more than it shows. What that takes in time and memory is told by `npm run bench -- panel`.
 */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeManyExchanges } from '../support/manyExchanges';
import { seen } from './support/looking';
import { panelSuite } from './support/suite';

const EXCHANGES = 60_000;
const ALL = EXCHANGES.toLocaleString('en-US');

describe(`a capture of ${ALL} exchanges`, function () {
  this.timeout(120_000);
  const suite = panelSuite();
  let folder = '';
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'framewire-scale-'));
    writeManyExchanges(folder, EXCHANGES);
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('shows its first rows while it reads the rest, then all of them, filtered, sorted and scrolled', async () => {
    const { page, asked, told } = await suite.open(folder);
    page.setDefaultTimeout(90_000);
    await page.getByRole('row', { name: /item\/7,/ }).waitFor();
    const first = await seen(page.locator('.toolbar .count'));
    // a machine may be so fast that all is read before the page is there
    assert.match(first, told.some(({ reading }) => reading === null) ? /exchanges/ : /so far$/);
    // what is there can be used meanwhile
    await page.getByRole('row', { name: /item\/9,/ }).click();
    await page.locator('.side .start-line').waitFor();
    await page.locator('.toolbar .count').getByText(`${ALL} exchanges`, { exact: true }).waitFor();
    assert.equal(await page.getByRole('progressbar', { name: 'Reading the capture' }).isVisible(), false);
    const [soon] = told;
    assert.ok(soon?.reading && soon.reading.done < soon.reading.size && soon.exchanges < EXCHANGES, 'told meanwhile');
    assert.equal(await page.locator('.table-row.selected').getAttribute('aria-rowindex'), '11', 'the choice stays');

    asked.length = 0;
    const most = await page.evaluate(async () => {
      const rows = document.querySelector('.table-rows') as HTMLElement;
      let elements = 0;
      for (let step = 0; step < 120; step += 1) {
        rows.scrollTop = (rows.scrollHeight * step) / 119;
        await new Promise((resolve) => requestAnimationFrame(resolve));
        elements = Math.max(elements, document.querySelectorAll('.table-row').length);
      }
      return elements;
    });
    await page.getByRole('row', { name: new RegExp(`item/${EXCHANGES - 1},`) }).waitFor();
    assert.ok(most < 80, `${most} rows in the page at once`);
    // a frame shows rows of two pages at most
    assert.ok(asked.length <= 242, `${asked.length} calls for 120 frames`);
    assert.deepEqual([...new Set(asked)], ['rows']);
    const elements = await page.evaluate(() => document.querySelectorAll('*').length);
    assert.ok(elements < 4000, `${elements} elements`);

    // from the top: by three rows a frame, by a screen, to the end and back
    const moved = await page.evaluate(async () => {
      const scroller = document.querySelector('.table-rows') as HTMLElement;
      const layer = scroller.querySelector('.virtual-layer') as HTMLElement;
      const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
      const settled = async () => {
        await frame();
        await frame();
      };
      let added = 0;
      new MutationObserver((changes) => {
        for (const { addedNodes, target } of changes) if (target === layer) added += addedNodes.length;
      }).observe(layer, { childList: true });
      const indexes = () => [...layer.children].map((row) => Number((row as HTMLElement).dataset.index));
      scroller.scrollTop = 0;
      await settled();
      const orders = [indexes()];
      added = 0;
      for (let step = 0; step < 50; step += 1) {
        scroller.scrollTop += 72;
        await frame();
      }
      await settled();
      const steadily = added;
      for (const top of [3600 + 600, scroller.scrollHeight, 3600, 3600 - 240]) {
        orders.push(indexes());
        scroller.scrollTop = top;
        await settled();
      }
      orders.push(indexes());
      return { steadily, orders };
    });
    for (const order of moved.orders) {
      assert.ok(order.length > 10);
      assert.deepEqual(
        order,
        [...order].sort((a, b) => a - b),
        'readers of the screen meet the rows in their order',
      );
    }
    assert.ok(moved.steadily <= 150, `${moved.steadily} rows moved in the document for 150 that came into sight`);

    const devtools = await page.context().newCDPSession(page);
    await devtools.send('HeapProfiler.collectGarbage');
    const { usedSize } = await devtools.send('Runtime.getHeapUsage');
    assert.ok(usedSize < 60e6, `${usedSize} bytes of heap`);

    await page.getByRole('textbox', { name: 'Filter exchanges' }).fill('status:503');
    await page
      .locator('.toolbar .count')
      .getByText(`${(EXCHANGES / 50).toLocaleString('en-US')} of ${ALL} exchanges`)
      .waitFor();
    await page.getByRole('columnheader', { name: 'Path' }).getByRole('button').click();
    await page.getByRole('row', { name: /item\/10007,/ }).waitFor();
  });
});
