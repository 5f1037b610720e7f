/** Frame to bytes and bytes to frame, by keyboard alone and by mouse alone, asserted on what is on the screen. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { checkout } from '../support/checkout';
import { seen, tabTo, untilOpened } from './support/looking';
import { panelSuite, recorded, recordRefusedUpload } from './support/suite';

const uploader = join(checkout, 'examples/upload.py');

describe('an upload that was refused early', () => {
  const suite = panelSuite();
  const capture = recorded(() => recordRefusedUpload('tls'));

  const row = (page: Page) => page.getByRole('row', { name: /status 413/ });
  const tree = (page: Page) => page.getByRole('tree', { name: /frames/i });
  const bytes = (page: Page) => page.getByRole('grid', { name: 'Bytes' });
  const statusText = (page: Page) => page.locator('.byte-status');
  const linkedHex = (page: Page) => page.locator('.hex-bytes .linked');

  it('is in the table with its status, and says that nobody read the reply', async () => {
    const { page } = await suite.open(capture.folder);
    await row(page).waitFor();
    const text = await seen(row(page));
    for (const part of ['413', 'unread', 'POST', '/api/recordings', 'upload.py']) {
      assert.ok(text.includes(part), `the row says "${text}", without "${part}"`);
    }
    assert.ok(!text.includes('s3cr3t'), 'the token in the URL is masked');
  });

  it('has the finding on top, in words', async () => {
    const { page } = await suite.open(capture.folder);
    await page
      .getByRole('region', { name: 'Finding' })
      .getByText(/The server refused the body \(413/)
      .waitFor();
  });

  it('leads by mouse from a frame to the bytes it wrote', async () => {
    const { page, opened } = await suite.open(capture.folder);
    const send = tree(page).getByRole('treeitem', { name: /send/ }).last();
    await send.click();
    await linkedHex(page).first().waitFor();
    // the line is marked before its bytes are there; the first that the call wrote is of the form's body
    const first = page.locator('.hex-line', { has: page.locator('.linked') }).first();
    await first.filter({ hasText: /recor|--|form/i }).waitFor();
    await tree(page)
      .getByRole('treeitem', { name: /upload\.py ?:\d+ upload ◂ starts here/ })
      .dblclick();
    await untilOpened(opened, 1);
    assert.equal(opened[0]?.file, uploader);
  });

  it('leads by mouse from a byte to its frame, its line and its call', async () => {
    const { page, opened } = await suite.open(capture.folder);
    await bytes(page)
      .getByText('POST /api/', { exact: false })
      .first()
      .click({ position: { x: 12, y: 8 } });
    await statusText(page)
      .getByText(/byte \d+ \(0x/)
      .waitFor();
    await statusText(page)
      .getByText(/written by send(all)? \(/)
      .waitFor();
    assert.match(await seen(statusText(page)), /head/);
    const linked = await tree(page).locator('.linked').allInnerTexts();
    assert.ok(
      linked.some((text) => text.includes('upload.py')),
      `linked frames: ${linked.join(' | ')}`,
    );
    assert.ok(
      linked.some((text) => text.includes('send')),
      `linked frames: ${linked.join(' | ')}`,
    );
    await statusText(page)
      .getByRole('button', { name: /upload\.py:\d+ upload/ })
      .click();
    await untilOpened(opened, 1);
    assert.equal(opened[0]?.file, uploader);
  });

  it('leads both ways by keyboard alone', async () => {
    const { page, opened } = await suite.open(capture.folder);
    await row(page).waitFor();
    await tabTo(page, 'Exchanges');
    await page.keyboard.press('Enter');
    await untilOpened(opened, 1);

    await tabTo(page, 'Python frames and the calls they made');
    await page.keyboard.press('Home');
    await page.keyboard.press('End');
    const active = tree(page).locator('.active');
    assert.match(await seen(active), /last words/);
    await page.getByRole('tab', { name: /Reply/, selected: true }).first().waitFor();
    await page
      .locator('.hex-line', { has: page.locator('.linked') })
      .first()
      .filter({ hasText: 'HTTP/1.1' })
      .waitFor();
    await page.keyboard.press('ArrowUp');
    assert.match(await seen(active), /send/);
    await page
      .getByRole('tab', { name: /Request/, selected: true })
      .first()
      .waitFor();

    await tabTo(page, 'Bytes');
    await page.keyboard.press('Control+Home');
    await statusText(page).getByText('byte 0 (0x0) · head').waitFor();
    await page.keyboard.press('Shift+ArrowDown');
    await statusText(page)
      .getByText(/B from 0/)
      .waitFor();
    await page.keyboard.press('Enter');
    await untilOpened(opened, 2);
    assert.deepEqual([opened[1]?.file, (opened[1]?.line ?? 0) > 0], [uploader, true]);
  });

  it('draws where the kernel stopped taking and the peer stopped confirming', async () => {
    const { page } = await suite.open(capture.folder);
    const chip = (name: string) => page.getByRole('button', { name: new RegExp(`B ${name}`) });
    await chip('announced').waitFor();
    const counts = await Promise.all(
      ['announced', 'handed', 'accepted', 'acknowledged'].map(async (name) =>
        Number((await seen(chip(name))).replace(/\D/g, '')),
      ),
    );
    const [announced = 0, handed = 0, accepted = 0, acknowledged = 0] = counts;
    assert.ok(
      announced >= handed && handed > accepted && accepted >= acknowledged && acknowledged > 0,
      counts.join(' ≥ '),
    );
    await chip('accepted').click();
    const mark = page.locator('.hex-line.mark-accepted');
    await mark.waitFor();
    await mark.filter({ hasText: 'accepted by the kernel' }).waitFor();
    const before = page.locator('.hex-line.fate-stuck');
    assert.ok((await before.count()) > 0, 'what comes after the mark is drawn as not accepted');
  });

  it('follows the evidence into the rest', async () => {
    const { page } = await suite.open(capture.folder);
    const evidence = page.getByRole('list', { name: 'Evidence' });
    await evidence.getByRole('button', { name: 'reply 413' }).click();
    await statusText(page)
      .getByText(/recovered by last words|read by/)
      .waitFor();
    await evidence.getByRole('button', { name: /failed$/ }).click();
    assert.match(await seen(tree(page).locator('.active')), /Error|Broken/);
    await evidence.getByRole('button', { name: 'kernel counters' }).click();
    await page.getByRole('tab', { name: 'Connection', selected: true }).waitFor();
  });

  it('shows the reply that nobody read', async () => {
    const { page } = await suite.open(capture.folder);
    const side = page.locator('.side');
    await side.getByText('HTTP/1.1 413 Request Entity Too Large').waitFor();
    await side.getByText('never read by the program').waitFor();
    await side.getByText('<h1>413 Request Entity Too Large</h1>').waitFor();
    assert.equal(await side.locator('h1').count(), 0, 'the body is text, not markup');
  });
});
