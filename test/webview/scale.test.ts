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
