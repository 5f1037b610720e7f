/** The process that reads the capture can go away: the panel says so, keeps what it shows, and gets it back. */
import assert from 'node:assert/strict';
import { seen } from './support/looking';
import { panelSuite, recorded, recordRefusedUpload } from './support/suite';

describe('a panel whose reading process has ended', () => {
  const suite = panelSuite();
  const capture = recorded(() => recordRefusedUpload());

  it('says so, keeps what is on the screen, and reads the capture again when asked', async () => {
    const { page, hostPid } = await suite.open(capture.folder);
    await page.locator('.side .start-line').waitFor();
    const first = hostPid();
    process.kill(first, 'SIGKILL');
    const message = page.locator('.capture-message');
    await message.getByText('The process that reads the capture has ended: it ended with SIGKILL.').waitFor();
    assert.equal(await message.getAttribute('role'), 'status');
    assert.match(await seen(page.locator('.side .start-line')), /413/);

    // what is asked for meanwhile fails, and does not hide why
    await page.getByRole('textbox', { name: 'Filter exchanges' }).fill('status:413');
    await message.getByRole('button', { name: 'Read the capture again' }).focus();
    await page.keyboard.press('Enter');
    await page.locator('.toolbar .count').getByText('1 exchange', { exact: true }).waitFor();
    await message.waitFor({ state: 'hidden' });
    assert.notEqual(hostPid(), first);
    await page.getByRole('tab', { name: /^Reply \d/ }).click();
    await page.locator('.hex-line').first().waitFor();
  });
});
