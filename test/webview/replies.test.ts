/** What came back, as what it is: JSON, a form, packed text, bytes; and where the time went. */
import assert from 'node:assert/strict';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { violations } from './support/axe';
import { seen } from './support/looking';
import { panelSuite, recorded, recordScript } from './support/suite';

const PROGRAM = `
import sys, urllib.request

def fetch(path):
    return urllib.request.urlopen(sys.argv[1] + path, timeout=10).read()

for path in ('/json', '/form', '/packed', '/bytes'):
    fetch(path)
asked = b'{"question": "why", "token": "t0ps3cret"}'
urllib.request.urlopen(urllib.request.Request(sys.argv[1] + '/asked', asked, {'Content-Type': 'application/json'})).read()
try:
    fetch('/nothing')
except OSError:
    pass
`;
const BODIES: Readonly<Record<string, readonly [string, Buffer, string?]>> = {
  '/json': ['application/json', Buffer.from('{"user":{"name":"Ada"},"token":"t0ps3cret","tags":["a"]}')],
  '/form': ['application/x-www-form-urlencoded', Buffer.from('message=hello+world&id=42')],
  '/packed': ['text/plain', gzipSync('many words '.repeat(200)), 'gzip'],
  '/asked': ['text/plain', Buffer.from('because')],
  '/bytes': ['application/octet-stream', Buffer.from(Array.from({ length: 3000 }, (_, at) => (at * 7) % 256))],
};
const answer: RequestListener = (request, response) => {
  const [type, body, coding] = BODIES[request.url ?? ''] ?? [];
  if (!type || !body) {
    request.socket.destroy();
    return;
  }
  response.writeHead(200, {
    'Content-Type': type,
    'Content-Length': body.length,
    ...(coding ? { 'Content-Encoding': coding } : {}),
  });
  response.end(body);
};

describe('replies of every kind', () => {
  const suite = panelSuite();
  const capture = recorded(async () => {
    const server = createServer(answer);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    try {
      return await recordScript(PROGRAM, [`http://127.0.0.1:${(server.address() as AddressInfo).port}`]);
    } finally {
      server.close();
    }
  });
  const pick = async (path: string, options = {}): Promise<Page> => {
    const { page } = await suite.open(capture.folder, options);
    const row = page.getByRole('row', { name: new RegExp(`${path},`) });
    await row.click();
    await row.and(page.locator('[aria-selected=true]')).waitFor();
    return page;
  };

  it('begin with the one that went wrong, in sight', async () => {
    const { page } = await suite.open(capture.folder, { height: 420 });
    await page.locator('.table-row.selected', { hasText: '/nothing' }).waitFor();
    const [row, table] = await Promise.all(
      ['.table-row.selected', '.table-rows'].map((one) => page.locator(one).boundingBox()),
    );
    assert.ok(row && table && row.y >= table.y - 1 && row.y + row.height <= table.y + table.height + 1);
  });

  it('show JSON set out, with its secrets masked', async () => {
    const page = await pick('/json');
    const body = page.locator('.body-json');
    await body.getByText('"name": "Ada"').waitFor();
    assert.match(await seen(body), /^\{\n {2}"user": \{\n {4}"name": "Ada"/);
    assert.doesNotMatch(await seen(page.locator('body')), /t0ps3cret/);
    await page.getByRole('button', { name: 'Reveal secrets' }).click();
    await body.getByText('t0ps3cret').waitFor();
  });

  it('show a form as its fields', async () => {
    const page = await pick('/form');
    const side = page.locator('.side');
    await side.getByText('Body · form').waitFor();
    assert.match(await seen(side), /message\s+hello world\s+id\s+42/);
  });

  it('show packed text unpacked, and the bytes as they came', async () => {
    const page = await pick('/packed');
    await page.locator('.body-text').getByText('many words many words').waitFor();
    await page.getByRole('tab', { name: /^Reply \d/ }).click();
    await page.locator('.hex-line', { hasText: '1f 8b 08' }).waitFor();
  });

  it('send to the bytes for what is no text', async () => {
    const page = await pick('/bytes');
    const side = page.locator('.side');
    await side.getByText('Body · bytes · 3,000 B').waitFor();
    await side.getByRole('button', { name: 'Show the bytes' }).click();
    await page.locator('.byte-status').getByText('3,000 B from').waitFor();
    await page.locator('.hex-line', { hasText: '00 07 0e 15' }).first().waitFor();
  });

  it('show what was asked in the same way, with its secrets masked', async () => {
    const page = await pick('/asked');
    await page.getByRole('tab', { name: 'Request', exact: true }).click();
    const body = page.locator('.side .body-json');
    await body.getByText('"question": "why"').waitFor();
    assert.doesNotMatch(await seen(page.locator('body')), /t0ps3cret/);
  });

  it('tell where the time went, phase by phase, each with its look', async () => {
    const page = await pick('/json');
    await page.getByRole('tab', { name: 'Connection' }).click();
    const lines = page.locator('.phase-lines');
    await lines.waitFor();
    const text = await seen(lines);
    for (const name of ['name lookup', 'connect', 'send', 'wait', 'receive', 'in all'])
      assert.match(text, new RegExp(`${name}\\s[\\d.]+ (µs|ms|s)`), text);
    const looks = await lines
      .locator('.phase-key > .phase')
      .evaluateAll((keys) => keys.map((key) => [getComputedStyle(key).background, key.clientHeight].join()));
    assert.equal(new Set(looks).size, looks.length, 'no two phases look the same');
    assert.deepEqual(await violations(page), []);
  });

  it('explain the waterfall where its column has room', async () => {
    const { page } = await suite.open(capture.folder, { width: 2400, height: 1200 });
    const legend = page.locator('.phase-legend');
    await legend.waitFor();
    assert.deepEqual((await seen(legend)).split('\n'), ['name lookup', 'connect', 'TLS', 'send', 'wait', 'receive']);
    assert.deepEqual(await violations(page), []);
  });

  it('lead from the evidence of a stream that just ended to the call that met its end', async () => {
    const page = await pick('/nothing');
    await page
      .getByRole('list', { name: 'Evidence' })
      .getByRole('button', { name: /recv_into failed/ })
      .click();
    await page.locator('.line.active', { hasText: 'recv_into' }).waitFor();
  });
});
