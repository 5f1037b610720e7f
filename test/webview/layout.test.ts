/** What a panel has room for: three columns, two and a tab, one at a time; and what never goes, however little room there is. */
import assert from 'node:assert/strict';
import type { Locator, Page } from 'playwright-core';
import { violations } from './support/axe';
import { seen } from './support/looking';
import type { Theme } from './support/panelPage';
import { panelSuite, recorded, recordRefusedUpload } from './support/suite';

const shown = (page: Page, names: readonly string[]): Promise<string[]> =>
  Promise.all(names.map(async (name) => `${name}: ${await page.locator(`.column-${name}`).isVisible()}`));
const COLUMNS = ['frames', 'bytes', 'side'] as const;
const box = async (locator: Locator) => {
  await locator.waitFor(); // the timeline, say, is there when it has been loaded
  const found = await locator.boundingBox();
  assert.ok(found, `${locator} is on the screen`);
  return found;
};

describe('the room in the panel', () => {
  const suite = panelSuite();
  const capture = recorded(() => recordRefusedUpload('tls'));
  const frame = (page: Page) => page.getByRole('treeitem', { name: /send.*Error/ });
  const tabs = (page: Page) => page.getByRole('tablist', { name: 'Parts of the exchange' });

  it('is three columns when it is wide', async () => {
    const { page } = await suite.open(capture.folder, { width: 1000 });
    await page.locator('.hex-line').first().waitFor();
    assert.deepEqual(await shown(page, COLUMNS), ['frames: true', 'bytes: true', 'side: true']);
    assert.equal(await tabs(page).isVisible(), false);
  });

  it('is the frames beside the bytes or the reply when it is not', async () => {
    const { page } = await suite.open(capture.folder, { width: 720, height: 900 });
    await page.locator('.hex-line').first().waitFor();
    assert.deepEqual(await shown(page, COLUMNS), ['frames: true', 'bytes: true', 'side: false']);
    await page.locator('.timeline-plot').waitFor();
    assert.deepEqual(await tabs(page).getByRole('tab').allInnerTexts(), ['Bytes', 'Reply']);
    // a frame's bytes come to the front, and the frame stays in sight
    await tabs(page).getByRole('tab', { name: 'Reply' }).click();
    assert.deepEqual(await shown(page, COLUMNS), ['frames: true', 'bytes: false', 'side: true']);
    await frame(page).click();
    await page.locator('.hex-bytes .linked').first().waitFor();
    await frame(page).and(page.locator('.active')).waitFor();
    // by keyboard from tab to tab
    await tabs(page).getByRole('tab', { name: 'Bytes' }).press('ArrowRight');
    await tabs(page).getByRole('tab', { name: 'Reply', selected: true }).and(page.locator(':focus')).waitFor();
  });

  it('gives the timeline a tab when there is little height', async () => {
    const { page } = await suite.open(capture.folder, { width: 720, height: 520 });
    await page.locator('.hex-line').first().waitFor();
    assert.deepEqual(await tabs(page).getByRole('tab').allInnerTexts(), ['Bytes', 'Reply', 'Timeline']);
    await tabs(page).getByRole('tab', { name: 'Timeline' }).click();
    await page.locator('.timeline-plot').waitFor();
    assert.equal(await page.locator('.column-bytes').isVisible(), false);
  });

  it('is one thing at a time in a side bar, and the timeline takes what there is', async () => {
    const { page } = await suite.open(capture.folder, { width: 300, height: 900, theme: 'light' });
    await tabs(page).getByRole('tab', { name: 'Timeline' }).click();
    const plot = page.locator('.timeline-plot');
    assert.ok((await box(plot)).height > 200, 'the plot is as high as there is room');
    const { x, width } = await box(plot);
    for (const text of await page.locator('.timeline-plot text').all()) {
      const at = await box(text);
      assert.ok(at.x >= x - 1 && at.x + at.width <= x + width + 1, `"${await text.textContent()}" is cut off`);
    }
  });

  for (const width of [300, 620, 720, 960, 1280]) {
    it(`keeps the line of the source in sight, ${width} pixels wide`, async () => {
      const { page } = await suite.open(capture.folder, { width });
      await page.locator('.hex-line').first().waitFor();
      const frames = tabs(page).getByRole('tab', { name: 'Frames' });
      if (await frames.isVisible()) await frames.click();
      const line = page.locator('.line.initiator .place-line');
      const [column, own] = [await box(page.locator('.frames')), await box(line)];
      assert.ok(own.width > 10 && own.x + own.width <= column.x + column.width, 'the line of the frame');
      const chip = await box(page.locator('.line.initiator .chip'));
      assert.ok(chip.width > 10 && chip.x + chip.width <= column.x + column.width, 'the mark of the initiator');
      const cell = page.locator('.table-row .cell-initiator');
      if (!(await cell.isVisible())) return;
      const [whole, part] = [await box(cell), await box(cell.locator('.place-line'))];
      assert.ok(part.x + part.width <= whole.x + whole.width, 'the line of the initiator');
      assert.match(await seen(cell), /:\d+$/);
    });
  }

  for (const width of [240, 301, 412, 481, 681, 831, 1011]) {
    it(`cuts no column of the table off, ${width} pixels wide`, async () => {
      const { page } = await suite.open(capture.folder, { width });
      const row = page.locator('.table-row').first();
      await row.locator('.cell-path', { hasText: 'api' }).waitFor();
      const { x, width: room } = await box(row);
      const cells = await row.locator('.cell:visible').all();
      for (const cell of cells) {
        const own = await box(cell);
        assert.ok(
          own.x + own.width <= x + room + 1,
          `${await cell.getAttribute('class')} ends at ${own.x + own.width}`,
        );
      }
      assert.ok((await box(row.locator('.cell-path'))).width >= 80, 'there is room for the path');
    });
  }

  it('leaves room for bytes and for the timeline in a panel area as low as a terminal', async () => {
    const { page } = await suite.open(capture.folder, { width: 1100, height: 200 });
    await page.locator('.hex-line').first().waitFor();
    const hex = await box(page.locator('.hex'));
    assert.ok(hex.height >= 60, `three lines of bytes and more, not ${hex.height} pixels`);
    // the tabs and what they lead to share a line, and none is over another
    const [last, request] = [
      await box(tabs(page).getByRole('tab', { name: 'Timeline' })),
      await box(page.locator('#bytes-tab-up')),
    ];
    assert.ok(Math.abs(last.y - request.y) < 4 && last.x + last.width <= request.x, 'side by side');
    await tabs(page).getByRole('tab', { name: 'Frames' }).click();
    assert.ok((await box(page.locator('.line').first())).y >= last.y + last.height, 'under the tabs');
    await tabs(page).getByRole('tab', { name: 'Timeline' }).click();
    const plot = await box(page.locator('.timeline-plot'));
    assert.ok(plot.y >= last.y + last.height && plot.y + plot.height <= 200, 'the plot is in sight whole');
    assert.deepEqual(await violations(page), []);
  });

  it('follows when the panel is made larger: bytes, lines and the timeline', async () => {
    const { page } = await suite.open(capture.folder, { width: 1400, height: 500 });
    await page.locator('.hex-line').first().waitFor();
    await page.setViewportSize({ width: 1400, height: 1000 });
    // a line far enough down that it was out of sight
    await page.waitForFunction(() => {
      const hex = document.querySelector('.hex')?.getBoundingClientRect();
      const lines = [...document.querySelectorAll('.hex-line')].map((line) => line.getBoundingClientRect().bottom);
      return hex !== undefined && hex.height > 400 && Math.max(...lines) >= hex.bottom - 1;
    });
  });

  for (const theme of ['dark', 'light', 'highContrast'] as const satisfies readonly Theme[]) {
    it(`draws what was not accepted as such, readable in ${theme}`, async () => {
      const { page, screenshot } = await suite.open(capture.folder, { theme, width: 1400, height: 900 });
      await page.locator('.count-chip.count-accepted').click();
      await page.locator('.hex-line.mark-accepted').waitFor();
      const colour = (fate: string) =>
        page
          .locator(`.hex-line.fate-${fate} > .hex-bytes`)
          .last()
          .evaluate((element) => getComputedStyle(element).color);
      assert.notEqual(await colour('stuck'), await colour('accepted'));
      await screenshot(`accepted-${theme}`);
      assert.deepEqual(await violations(page), []);
    });
  }
});
