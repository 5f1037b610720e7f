/** The timeline and the tools beside the bytes, on an upload that was refused. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { seen, tabTo } from './support/looking';
import { panelSuite, recorded, recordRefusedUpload } from './support/suite';

/** Waits until what is on the screen is something else. */
async function untilChanged(read: () => Promise<readonly string[]>, before: readonly string[]): Promise<void> {
  const giveUp = Date.now() + 30_000;
  while ((await read()).join() === before.join()) assert.ok(Date.now() < giveUp, `still ${before.join(', ')}`);
}

describe('bytes over time', () => {
  const suite = panelSuite();
  const capture = recorded(() => recordRefusedUpload());

  it('draws every count and the moments that mattered, and says them', async () => {
    const { page } = await suite.open(capture.folder);
    const plot = page.locator('.timeline-plot');
    await plot.waitFor();
    for (const name of ['handed', 'accepted', 'acknowledged'])
      await page.locator(`path.curve-${name}`).waitFor({ state: 'attached' });
    const label = await plot.getAttribute('aria-label');
    assert.match(
      label ?? '',
      /12\.0 MB handed, .* accepted, .*reply 413 Request Entity Too Large at \+.*Error.* in send/,
    );
  });

  it('leads from a moment to its bytes and frame, by mouse', async () => {
    const { page } = await suite.open(capture.folder);
    const plot = page.locator('.timeline-plot');
    await plot.waitFor();
    const box = await plot.boundingBox();
    assert.ok(box);
    await plot.click({ position: { x: box.width / 2, y: box.height / 2 } });
    await page
      .locator('.byte-status')
      .getByText(/^byte [\d,]+ \(0x/)
      .waitFor();
    assert.match(await seen(page.locator('.line.active')), /send/);
    assert.match(await seen(page.locator('.timeline-reading')), /^\+.*: .* handed, .* accepted/);
  });

  it('moves, zooms and chooses by keyboard', async () => {
    const { page } = await suite.open(capture.folder);
    const plot = page.locator('.timeline-plot');
    await plot.waitFor();
    const bounds = async () =>
      (await page.locator('.timeline-plot text').allTextContents()).filter((text) => text.startsWith('+'));
    const label = await plot.getAttribute('aria-label');
    await tabTo(page, label ?? '');
    const whole = await bounds();
    await page.keyboard.press('+');
    await page.keyboard.press('+');
    assert.notDeepEqual(await bounds(), whole);
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await page
      .locator('.byte-status')
      .getByText(/^byte /)
      .waitFor();
    await plot.press('Escape');
    assert.deepEqual(await bounds(), whole);
  });

  it('has the wheel to zoom, and with Shift to move, and says so', async () => {
    const { page } = await suite.open(capture.folder);
    const plot = page.locator('.timeline-plot');
    await plot.waitFor();
    await page.locator('.timeline-reading').getByText('The wheel zooms').waitFor();
    // with where they stand: a small move leaves the same round times in sight
    const times = () =>
      page
        .locator('.timeline-plot text')
        .evaluateAll((texts) =>
          texts
            .filter((text) => text.textContent?.startsWith('+'))
            .map((text) => `${text.textContent} at ${text.getAttribute('x')}`),
        );
    const whole = await times();
    assert.ok(whole.length >= 3, `times on the axis: ${whole.join(', ')}`);
    await plot.hover();
    await page.mouse.wheel(0, -400);
    await untilChanged(times, whole);
    const near = await times();
    await page.keyboard.down('Shift');
    await page.mouse.wheel(0, 400);
    await page.keyboard.up('Shift');
    await untilChanged(times, near);
    const beside = await times();
    await plot.dblclick();
    await untilChanged(times, beside);
    assert.deepEqual(await times(), whole);
  });

  it('is put away and comes back', async () => {
    const { page } = await suite.open(capture.folder);
    await page.locator('.timeline-plot').waitFor();
    await page.getByRole('button', { name: 'Bytes over time' }).click();
    await page.locator('.timeline-plot').waitFor({ state: 'hidden' });
    await page.getByRole('button', { name: 'Bytes over time' }).click();
    await page.locator('.timeline-plot').waitFor();
  });
});

describe('the tools beside the bytes', () => {
  const suite = panelSuite();
  const capture = recorded(() => recordRefusedUpload());

  it('save the selected bytes as they were captured', async () => {
    const { page, saved } = await suite.open(capture.folder);
    await page.getByRole('tab', { name: /^Reply \d/ }).click();
    await page.locator('.hex-text', { hasText: 'HTTP/1.1 413' }).waitFor();
    await page.getByRole('grid', { name: 'Bytes' }).press('Control+Home');
    await page.keyboard.press('Control+Shift+End');
    await page.getByRole('button', { name: 'Save bytes to a file' }).click();
    const path = await saved();
    assert.equal(path, join(capture.folder, 'reply.bin'));
    assert.match(readFileSync(path, 'latin1'), /^HTTP\/1\.1 413 [\s\S]*<\/html>\r\n$/);
  });

  it('stop a search that is under way', async () => {
    const { page } = await suite.open(capture.folder);
    await page.locator('.hex-line').first().waitFor();
    await page.getByRole('grid', { name: 'Bytes' }).press('Control+f');
    const field = page.getByRole('textbox', { name: 'Search in the bytes' });
    await field.fill('[^f]r[^a]m[^e]w[^i]re');
    await page.getByRole('combobox', { name: 'Kind of search' }).click();
    await page.getByRole('option', { name: 'RegExp' }).click();
    await field.press('Enter');
    // twelve megabytes take a moment; either it was stopped in it, or it had found that there is nothing
    await page
      .getByRole('button', { name: 'Stop' })
      .click({ timeout: 2000 })
      .catch(() => undefined);
    await page
      .locator('.search-status')
      .getByText(/cancelled|no match/)
      .waitFor();
    await field.press('Escape');
    await field.waitFor({ state: 'hidden' });
  });
});
