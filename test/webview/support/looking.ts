/** What a person does with the panel: looks, tabs, waits. */
import assert from 'node:assert/strict';
import type { Locator, Page } from 'playwright-core';

/** The text on the screen of all that match, as it is drawn. */
export const seen = async (locator: Locator): Promise<string> => (await locator.allInnerTexts()).join('\n');

/** Presses Tab until the element of that name has the focus. */
export async function tabTo(page: Page, name: string): Promise<void> {
  const passed: string[] = [];
  for (let presses = 0; presses < 80; presses += 1) {
    const focused = await page.evaluate(() => {
      const element = document.activeElement;
      return element?.getAttribute('aria-label') ?? element?.textContent ?? '';
    });
    if (focused === name) return;
    passed.push(focused);
    await page.keyboard.press('Tab');
  }
  assert.fail(`Tab never reached "${name}"; it went by ${[...new Set(passed)].join(' | ')}`);
}

/** Waits until the editor was asked so many times to open something. */
export async function untilOpened(opened: readonly unknown[], count: number): Promise<void> {
  const giveUp = Date.now() + 30_000;
  while (opened.length < count) {
    assert.ok(Date.now() < giveUp, `the editor was asked ${opened.length} times to open a file, not ${count}`);
    await new Promise((resolve) => setImmediate(resolve));
  }
}
