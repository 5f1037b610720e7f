/** Whatever a server sends, the panel shows it as text: nothing is obeyed, nothing hides, nothing takes for ever. */
import assert from 'node:assert/strict';
import { answeringServer } from '../support/servers.mjs';
import { violations } from './support/axe';
import { seen } from './support/looking';
import { type PanelSuite, panelSuite, recorded, recordScript } from './support/suite';

const GET = `
import sys, http.client
connection = http.client.HTTPConnection('127.0.0.1', int(sys.argv[1]), timeout=10)
http.client._MAXHEADERS = 1000000
connection.request('GET', '/')
reply = connection.getresponse()
reply.read()
`;
/** Reads raw: http.client would refuse such a head. */
const RAW = `
import socket, sys
with socket.create_connection(('127.0.0.1', int(sys.argv[1]))) as connection:
    connection.sendall(b'GET / HTTP/1.1\\r\\nHost: x\\r\\n\\r\\n')
    while connection.recv(65536):
        pass
`;

async function recordReply(reply: Buffer | string, script = RAW) {
  const server = await answeringServer(reply);
  try {
    return await recordScript(script, [String(server.port)]);
  } finally {
    await server.stop();
  }
}

/** Runs in the page and says what gave way, if anything did. */
async function assertNothingRan(suite: PanelSuite, folder: string): Promise<void> {
  const { page } = await suite.open(folder);
  await page.locator('.side .start-line').waitFor();
  const { scripts, images, pwned } = await page.evaluate(() => ({
    scripts: document.scripts.length,
    images: document.querySelectorAll('img, iframe, object, embed, video, audio, form, base, meta[http-equiv=refresh]')
      .length,
    pwned: (window as unknown as { pwned?: unknown }).pwned,
  }));
  assert.deepEqual({ scripts, images, pwned }, { scripts: 1, images: 0, pwned: undefined });
}

describe('a reply with markup', () => {
  const suite = panelSuite();
  const body = '<img src=x onerror="window.pwned=1"><script>window.pwned=1</script><svg onload="window.pwned=1">';
  const capture = recorded(() =>
    recordReply(
      `HTTP/1.1 200 <b onmouseover=pwned=1>OK</b>\r\nX-Script: <script>window.pwned=1</script>\r\nContent-Type: text/html\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
    ),
  );

  it('stands there as text', async () => {
    await assertNothingRan(suite, capture.folder);
    const { page } = await suite.open(capture.folder);
    await page.locator('.side').getByText('<script>window.pwned=1</script>', { exact: true }).waitFor();
    assert.match(await seen(page.locator('.body-text')), /<img src=x onerror/);
  });
});

describe('a reply with escape sequences, directional marks and bytes that are no UTF-8', () => {
  const suite = panelSuite();
  const capture = recorded(() =>
    recordReply(
      Buffer.concat([
        Buffer.from(
          'HTTP/1.1 418 \u001b[31mred\u001b[0m\r\nX-Bidi: abc\u202egnp.exe\r\nX-Nul: a\u0000b\r\nContent-Type: text/plain\r\n\r\n',
        ),
        Buffer.from('plain \u001b]0;title\u0007 \u202eright to left\u202c '),
        Buffer.from([0xc3, 0x28, 0xff, 0xfe]),
        Buffer.from(' end of the reply, and enough text around it that it is text for sure'),
      ]),
    ),
  );

  it('makes every such character visible', async () => {
    const { page } = await suite.open(capture.folder);
    await page.locator('.side .start-line').waitFor();
    const text = await seen(page.locator('.side'));
    assert.match(text, /\\x1b\[31mred\\x1b\[0m/, text);
    assert.match(text, /\\u202eright to left/, text);
    assert.match(text, /\\x1b\]0;title\\x07/, text);
    assert.deepEqual(await violations(page), []);
    assert.doesNotMatch(
      await page.evaluate(() => document.body.textContent ?? ''),
      /[\u0000-\u0008\u000b-\u001f\u202a-\u202e\u2066-\u2069]/,
    );
  });

  it('has every byte in the hex view', async () => {
    const { page } = await suite.open(capture.folder);
    await page.getByRole('tab', { name: /^Reply \d/ }).click();
    await page.getByRole('grid', { name: 'Bytes' }).press('Control+End');
    await page.locator('.hex-line', { hasText: /28 ff fe/ }).waitFor();
  });
});

describe('a reply with a million headers', () => {
  const suite = panelSuite();
  const COUNT = 1_000_000;
  const capture = recorded(() => {
    const headers = Array.from({ length: COUNT }, (_, index) => `X-${index}: ${index}\r\n`).join('');
    return recordReply(`HTTP/1.1 200 OK\r\n${headers}Content-Length: 2\r\n\r\nok`);
  });

  it('is shown as far as it makes sense, and quickly', async () => {
    const { page } = await suite.open(capture.folder);
    await page.locator('.side .start-line, .side .nothing').first().waitFor();
    const elements = await page.evaluate(() => document.querySelectorAll('*').length);
    assert.ok(elements < 6000, `the page has ${elements} elements`);
    await page.getByRole('tab', { name: /^Reply \d/ }).click();
    await page.getByRole('grid', { name: 'Bytes' }).press('Control+End');
    await page.locator('.hex-line').last().waitFor();
  });
});

describe('a reply that is a picture, and one that only says so', () => {
  const suite = panelSuite();
  const png = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAFklEQVR4nGP8z8DAwMDAxMDAwMDAAAANHQEDasKb6QAAAABJRU5ErkJggg==',
    'base64',
  );
  const reply = (body: Buffer) =>
    Buffer.concat([
      Buffer.from(`HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nContent-Length: ${body.length}\r\n\r\n`),
      body,
    ]);
  const real = recorded(() => recordReply(reply(png), GET));
  const fake = recorded(() =>
    recordReply(reply(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="window.pwned=1"/>')), GET),
  );

  it('draws the pixels of the one', async () => {
    const { page } = await suite.open(real.folder);
    await page.getByRole('img', { name: 'Image, image/png' }).waitFor();
    await page.waitForFunction(() => document.querySelector<HTMLCanvasElement>('.body-image')?.width === 2);
  });

  it('shows the other as the text it is', async () => {
    await assertNothingRan(suite, fake.folder);
    const { page } = await suite.open(fake.folder);
    await page.locator('.body-text').getByText('<svg').waitFor();
  });
});
