/** What a right click or the menu key offers; copies are exactly what they promise, and what is told is of what is in front. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import { violations } from './support/axe';
import { untilOpened } from './support/looking';
import { PYTHON, panelSuite, recorded, recordScript } from './support/suite';

const PROGRAM = `
import http.client, json, sys, urllib.request

def post(path, body):
    connection = http.client.HTTPConnection('127.0.0.1', int(sys.argv[1]))
    connection.request('POST', path, body, {'Content-Type': 'application/json', 'X-Api-Key': 'k3y'})
    connection.getresponse().read()

post('/json?token=s3cr3t', json.dumps({'name': 'Ada', 'password': 'hunter2'}))
try:
    urllib.request.urlopen('http://127.0.0.1:1/nobody', timeout=5)
except OSError:
    pass
`;

interface Got {
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

describe('menus and copies', () => {
  const suite = panelSuite();
  const got: Got[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      got.push({ url: request.url ?? '', headers: request.headers, body });
      response.end('ok');
    });
  });
  let port = 0;
  const capture = recorded(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    port = (server.address() as AddressInfo).port;
    return recordScript(PROGRAM, [String(port)]);
  });
  after(() => server.close());

  const row = (page: Page, name = /\/json/) => page.getByRole('grid', { name: 'Exchanges' }).getByRole('row', { name });
  const choose = (page: Page, name: string) => page.getByRole('menuitem', { name, exact: true }).click();
  const status = (page: Page) => page.locator('.byte-status');
  /** The exchange is chosen, and its bytes are there. */
  const pick = async (page: Page, options?: { readonly button: 'right' }) => {
    await row(page).click(options);
    await page.locator('.hex-text', { hasText: 'POST /json' }).waitFor();
  };

  it('offer what can be done with an exchange', async () => {
    const { page, opened, clipboard } = await suite.open(capture.folder);
    await pick(page, { button: 'right' });
    const items = page.getByRole('menu', { name: 'Exchange' }).getByRole('menuitem');
    assert.deepEqual(await items.evaluateAll((all) => all.map((one) => one.firstElementChild?.textContent)), [
      'Open source',
      'Copy URL',
      'Copy request as cURL',
      'Filter by this host',
      'Filter by this status',
    ]);
    assert.deepEqual(await violations(page), []);
    await choose(page, 'Open source');
    await untilOpened(opened, 1);
    assert.equal(opened[0]?.line, 6);
    await row(page).click({ button: 'right' });
    await choose(page, 'Copy URL');
    await row(page).click({ button: 'right' });
    await choose(page, 'Filter by this status');
    await page.locator('.count').getByText('1 of 2 exchanges').waitFor();
    assert.equal(await page.getByRole('textbox', { name: 'Filter exchanges' }).inputValue(), 'status:200');
    assert.deepEqual(clipboard, [`http://127.0.0.1:${port}/json?token=•••`]);
  });

  it('come by the menu key, go with Escape, and give the focus back', async () => {
    const { page, opened } = await suite.open(capture.folder);
    await pick(page);
    await page.getByRole('grid', { name: 'Exchanges' }).press('Shift+F10');
    await page.getByRole('menuitem', { name: 'Open source' }).and(page.locator(':focus')).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('grid', { name: 'Exchanges' }).and(page.locator(':focus')).waitFor();
    assert.equal(await page.getByRole('menu').count(), 0);
    await page.keyboard.press('Shift+F10');
    await page.keyboard.press('Enter');
    await untilOpened(opened, 1);
  });

  it('copy the stack down to a frame', async () => {
    const { page, clipboard } = await suite.open(capture.folder);
    await pick(page);
    await page.locator('.line.initiator').click({ button: 'right' });
    await choose(page, 'Copy the stack');
    await page.locator('.frames:focus').waitFor();
    assert.match(
      clipboard[0] ?? '',
      /^ {2}File ".*program\.py", line 9, in <module>\n {2}File ".*", line 6, in post\n$/,
    );
  });

  it('copy bytes that Python reads as they were, and say when secrets were left out', async () => {
    const { page, clipboard } = await suite.open(capture.folder);
    await pick(page);
    const bytes = page.getByRole('grid', { name: 'Bytes' });
    await bytes.press('Control+a');
    await status(page)
      .getByText(/^\d+ B from 0/)
      .waitFor();
    await page
      .locator('.hex-line')
      .nth(2)
      .click({ button: 'right', position: { x: 100, y: 8 } });
    // what was selected still is
    await status(page)
      .getByText(/^\d+ B from 0/)
      .waitFor();
    await choose(page, 'Copy as Python bytes');
    await status(page)
      .getByText(/^Copied \d+ B, secrets masked$/)
      .waitFor();
    await page.getByRole('button', { name: 'Reveal secrets' }).click();
    await page.locator('.hex-text', { hasText: 's3cr3t' }).waitFor();
    await bytes.press('Control+a');
    await page.locator('.tools').getByRole('button', { name: 'Copy', exact: true }).click();
    await choose(page, 'Copy as Python bytes');
    await status(page)
      .getByText(/^Copied \d+ B$/)
      .waitFor();
    assert.doesNotMatch(clipboard[0] ?? '', /s3cr3t|k3y|hunter2/);
    const check = `sent = ${clipboard[1]}\nassert sent.endswith(b'"password": "hunter2"}'), sent\nassert b'X-Api-Key: k3y\\r\\n' in sent`;
    assert.deepEqual(spawnSync(PYTHON, ['-c', check], { encoding: 'utf8' }).stderr, '');
  });

  it('copy a command that makes the same request again', async () => {
    const { page, clipboard } = await suite.open(capture.folder, { revealed: true });
    await pick(page, { button: 'right' });
    await choose(page, 'Copy request as cURL');
    await status(page).getByText('Copied', { exact: true }).waitFor();
    const first = got[0];
    const words = `curl() { printf '%s\\n' "$@"; }\n${clipboard[0]}`;
    const { stdout } = spawnSync('bash', ['-c', words], { encoding: 'utf8' });
    assert.ok(stdout.includes(`http://127.0.0.1:${port}${first?.url}\n`), stdout);
    assert.ok(stdout.includes('X-Api-Key: k3y\n'), stdout);
    assert.ok(stdout.endsWith(`--data-binary\n${first?.body}\n`), stdout);
  });

  it('say so where there is nothing to copy or to save', async () => {
    const { page, clipboard } = await suite.open(capture.folder);
    await row(page, /nobody/).click();
    await page.getByText('There was no connection, so nothing could answer.').waitFor();
    await page.locator('.tools').getByRole('button', { name: 'Copy', exact: true }).click();
    await choose(page, 'Copy as text');
    await page.locator('.capture-message').getByText('There are no bytes to copy.').waitFor();
    await page.getByRole('button', { name: 'Save bytes to a file' }).click();
    await page.locator('.capture-message').getByText('There are no bytes to save.').waitFor();
    assert.deepEqual(clipboard, []);
  });

  it('tell nothing of the request any more when the reply is in front', async () => {
    const { page } = await suite.open(capture.folder);
    await pick(page);
    const field = page.getByRole('textbox', { name: 'Search in the bytes' });
    await page.getByRole('grid', { name: 'Bytes' }).press('Control+f');
    await field.fill('Ada');
    await field.press('Enter');
    await page.locator('.search-status').getByText('1 of 1').waitFor();
    await status(page).getByText('written by sendall').waitFor();
    await page.getByRole('tab', { name: /^Reply \d/ }).click();
    await status(page).getByText('Select a frame to see its bytes').waitFor();
    await field.press('Enter');
    await page.locator('.search-status').getByText('no match in the reply').waitFor();
  });

  it('lead from the table to its filter by the keys of a search', async () => {
    const { page } = await suite.open(capture.folder);
    await pick(page);
    await page.getByRole('grid', { name: 'Exchanges' }).press('Control+f');
    await page.keyboard.type('nobody');
    await page.locator('.count').getByText('1 of 2 exchanges').waitFor();
  });
});
