/** Captures that are cut short, empty, gone, or still growing. */
import assert from 'node:assert/strict';
import {
  appendFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { violations } from './support/axe';
import { seen } from './support/looking';
import { panelSuite, recorded, recordRefusedUpload } from './support/suite';

const processFile = (folder: string): string => {
  const name = readdirSync(folder).find((one) => one.endsWith('.fwp'));
  assert.ok(name, `a process file in ${folder}`);
  return join(folder, name);
};

describe('odd captures', () => {
  const suite = panelSuite();
  const capture = recorded(() => recordRefusedUpload());
  let scratch = '';
  beforeEach(() => {
    scratch = mkdtempSync(join(tmpdir(), 'framewire-odd-'));
  });
  afterEach(() => rmSync(scratch, { recursive: true, force: true }));

  it('shows what is there of a capture cut in the middle of a record, and says so', async () => {
    const folder = join(scratch, 'capture');
    cpSync(capture.folder, folder, { recursive: true });
    const file = processFile(folder);
    const { length } = readFileSync(file);
    truncateSync(file, length - 100);
    const { page } = await suite.open(folder);
    await page.getByRole('row', { name: /api\/recordings/ }).waitFor();
    await page
      .getByRole('list', { name: 'Problems of the capture' })
      .getByText(/ends in the middle of a record/)
      .waitFor();
  });

  it('says that an empty capture is empty', async () => {
    const folder = join(scratch, 'capture');
    mkdirSync(folder);
    const manifest = JSON.parse(readFileSync(join(capture.folder, 'capture.json'), 'utf8'));
    writeFileSync(join(folder, 'capture.json'), JSON.stringify(manifest));
    const { page } = await suite.open(folder);
    await page.getByText('No connection was seen.').waitFor();
    await page.getByText('Select an exchange', { exact: false }).waitFor();
    await page.getByRole('list', { name: 'Problems of the capture' }).waitFor();
    assert.deepEqual(await violations(page), []);
  });

  it('says that there is no capture where there is none', async () => {
    const { page } = await suite.open(join(scratch, 'nothing'));
    await page.getByText(/There is no capture at .*: the folder does not exist/).waitFor();
  });

  it('follows a capture while it grows, and keeps the place of the reader', async () => {
    const folder = join(scratch, 'capture');
    mkdirSync(folder);
    const whole = readFileSync(processFile(capture.folder));
    const manifest = JSON.parse(readFileSync(join(capture.folder, 'capture.json'), 'utf8'));
    writeFileSync(join(folder, 'capture.json'), JSON.stringify({ ...manifest, ended: null, exitCode: null }));
    const growing = join(folder, 'process-1-0.fwp');
    // the header's flags tell of an end that is still to come
    const begun = Buffer.from(whole.subarray(0, whole.length - 4_000));
    begun.writeUInt32LE(0, 40);
    writeFileSync(growing, begun);
    const { page } = await suite.open(folder);
    await page.getByText('live', { exact: true }).waitFor();
    const row = page.getByRole('row', { name: /api\/recordings/ });
    await row.waitFor();
    assert.doesNotMatch(await seen(row), /413/);
    const bytes = page.getByRole('grid', { name: 'Bytes' });
    await bytes.press('Control+Home');
    await page.locator('.byte-status').getByText('byte 0 (0x0)').waitFor();
    appendFileSync(growing, whole.subarray(begun.length));
    await page.getByRole('row', { name: /status 413/ }).waitFor();
    await page.getByRole('region', { name: 'Finding' }).waitFor();
    assert.match(await seen(page.locator('.byte-status')), /byte 0 \(0x0\)/, 'the caret is where it was');
    writeFileSync(join(folder, 'capture.json'), JSON.stringify(manifest));
    await page.getByText('live', { exact: true }).waitFor({ state: 'hidden' });
  });
});
