/** Every theme and two widths: no violation that axe-core can find, and pictures to look at. */
import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { findAsciinema, startOriginalCase } from '../support/originalCase.mjs';
import { violations } from './support/axe';
import type { Theme } from './support/panelPage';
import { record } from './support/recording';
import { panelSuite, recorded } from './support/suite';

describe('the original case in the panel', () => {
  const suite = panelSuite();
  const capture = recorded(async () => {
    const server = await startOriginalCase();
    try {
      const asciinema = findAsciinema();
      assert.ok(asciinema, 'asciinema 2 is installed');
      return await record([asciinema, 'upload', server.castPath()], { env: server.environment(server.tlsUrl) });
    } finally {
      await server.stop();
    }
  });

  for (const theme of ['dark', 'light', 'highContrast'] as const satisfies readonly Theme[]) {
    it(`has no violation in ${theme}, wide and with a frame selected`, async () => {
      const { page, screenshot } = await suite.open(capture.folder, { theme });
      await page.getByRole('treeitem', { name: /send.*Error/ }).click();
      await page.locator('.hex-bytes .linked').first().waitFor();
      await page.locator('.timeline-plot').waitFor();
      await screenshot(`original-case-${theme}`);
      assert.deepEqual(await violations(page), []);
    });

    it(`has no violation in ${theme}, with frames and bytes side by side`, async () => {
      const { page, screenshot } = await suite.open(capture.folder, { theme, width: 720, height: 860 });
      await page.getByRole('treeitem', { name: /send.*Error/ }).click();
      await page.locator('.hex-bytes .linked').first().waitFor();
      await screenshot(`pair-${theme}`);
      assert.deepEqual(await violations(page), []);
      await page.getByRole('tab', { name: 'Reply', exact: true }).first().click();
      await page.getByRole('tab', { name: 'Connection' }).click();
      await page.locator('.phase-lines').waitFor();
      assert.deepEqual(await violations(page), []);
    });

    it(`has no violation in ${theme}, narrow, on each tab`, async () => {
      const { page, screenshot } = await suite.open(capture.folder, { theme, width: 420, height: 860 });
      for (const tab of ['Frames', 'Bytes', 'Reply', 'Timeline'] as const) {
        await page.getByRole('tab', { name: tab, exact: true }).click();
        const content = { Frames: '.line', Bytes: '.hex-line', Reply: '.start-line', Timeline: '.curve' }[tab];
        await page.locator(`${content} >> visible=true`).first().waitFor();
        await screenshot(`narrow-${tab.toLowerCase()}-${theme}`);
        assert.deepEqual(await violations(page), [], tab);
      }
    });
  }

  it('has no violation with everything open', async () => {
    const { page, screenshot } = await suite.open(capture.folder, { height: 1000 });
    await page.getByRole('button', { name: /The server refused the body/ }).click();
    await page.getByRole('button', { name: 'What a filter can say' }).click();
    await page.getByRole('tab', { name: 'Connection' }).click();
    await page.getByRole('button', { name: /^Search in the bytes/ }).click();
    await page.locator('.tools').getByRole('button', { name: 'Copy', exact: true }).click();
    await page
      .getByRole('treeitem', { name: /library frames/ })
      .first()
      .press('ArrowRight');
    await screenshot('everything-open');
    assert.deepEqual(await violations(page), []);
  });

  it('has the keys where it had them when they come back', async () => {
    const { page } = await suite.open(capture.folder);
    const bytes = page.getByRole('grid', { name: 'Bytes' });
    await bytes.press('Control+Home');
    await page.locator('.byte-status').getByText('byte 0 (0x0)').waitFor();
    // as the editor does it with a webview
    await bytes.evaluate((element) => {
      element.blur();
      window.dispatchEvent(new Event('focus'));
    });
    await bytes.and(page.locator(':focus')).waitFor();
  });

  it('has room for everything as low as the panel area', async () => {
    const { page, screenshot } = await suite.open(capture.folder, { width: 1240, height: 260 });
    await page.getByRole('row', { name: /status 413/ }).waitFor();
    for (const tab of ['Frames', 'Reply', 'Timeline', 'Bytes']) {
      await page.getByRole('tab', { name: tab, exact: true }).click();
    }
    const status = await page.locator('.byte-status').boundingBox();
    const hex = await page.locator('.hex').boundingBox();
    assert.ok(
      status && hex && hex.height >= 40 && status.y >= hex.y + hex.height - 1 && status.y + status.height <= 261,
    );
    await page.locator('.tools').getByRole('button', { name: 'Copy', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Copy request as cURL' }).hover();
    // the pointer and the keys have one choice between them
    await page.getByRole('menuitem', { name: 'Copy request as cURL' }).and(page.locator(':focus')).waitFor();
    await screenshot('low');
    assert.deepEqual(await violations(page), []);
  });

  for (const [what, width, height] of [
    ['a very narrow side bar', 240, 800],
    ['a column beside the source', 700, 640],
    ['three columns at their narrowest', 960, 700],
    ['a very wide screen', 3400, 1300],
  ] as const) {
    it(`has nothing cut off or out of reach in ${what}`, async () => {
      const { page, screenshot } = await suite.open(capture.folder, { width, height });
      await page.getByRole('row', { name: /status 413/ }).waitFor();
      if (width < 500) {
        for (const tab of ['Frames', 'Reply', 'Timeline', 'Bytes']) {
          await page.getByRole('tab', { name: tab, exact: true }).click();
          assert.deepEqual(await outside(page), [], tab);
        }
      }
      await page.locator('.hex-line').first().waitFor();
      await screenshot(`${width}-wide`);
      assert.deepEqual(await outside(page), []);
      assert.deepEqual(await violations(page), []);
    });
  }

  it('moves nothing for those who want nothing moved', async () => {
    const { page } = await suite.open(capture.folder, { reducedMotion: true });
    await page.locator('.hex-line').first().waitFor();
    const moving = () => page.evaluate(() => document.getAnimations().length);
    assert.equal(await moving(), 0);
    await page.getByRole('treeitem', { name: /send.*Error/ }).click();
    await page.locator('.hex-bytes .linked').first().waitFor();
    await page.getByRole('button', { name: /The server refused the body/ }).click();
    await page.locator('.toolbar').hover();
    assert.equal(await moving(), 0);
    // nor would anything if it came up: no style declares a motion
    const declared = await page.evaluate(
      () =>
        [...document.querySelectorAll('*')].filter((element) => {
          const { animationName, transitionDuration } = getComputedStyle(element);
          return animationName !== 'none' || Number.parseFloat(transitionDuration) > 0;
        }).length,
    );
    assert.equal(declared, 0);
  });
});

/** Controls that a person cannot reach: beyond the page's edge and in nothing that scrolls. */
function outside(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    if (document.documentElement.scrollWidth > window.innerWidth) found.push('the page scrolls sideways');
    for (const element of document.querySelectorAll<HTMLElement>(
      'button, input, [role=tab], [role=treeitem], [role=grid]',
    )) {
      const box = element.getBoundingClientRect();
      if (!element.checkVisibility() || box.width === 0) continue;
      const scrolls = (one: HTMLElement | null): boolean =>
        one !== null && (/auto|scroll/.test(getComputedStyle(one).overflowX) || scrolls(one.parentElement));
      if ((box.right > window.innerWidth + 1 || box.left < -1) && !scrolls(element.parentElement))
        found.push(`${element.tagName} ${element.getAttribute('aria-label') ?? element.textContent}`);
    }
    return found;
  });
}
