/** The table: filter, order, groups, many rows, one connection with many exchanges, raw sockets. */
import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { answeringServer, closedPort } from '../support/servers.mjs';
import { violations } from './support/axe';
import { seen, tabTo } from './support/looking';
import { panelSuite, recorded, recordScript } from './support/suite';

const EXCHANGES = 300;
/** A server of its own that keeps the connection, a raw socket, a refused connection. */
const BUSY = `
import http.client, socket, sys, threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

class Handler(BaseHTTPRequestHandler):
    protocol_version = 'HTTP/1.1'
    def do_POST(self):
        self.rfile.read(int(self.headers['Content-Length']))
        status = 404 if self.path.endswith('7') else 200
        self.send_response(status)
        self.send_header('Content-Length', '2')
        self.end_headers()
        self.wfile.write(b'ok')
    def log_message(self, *args):
        pass

server = ThreadingHTTPServer(('127.0.0.1', 0), Handler)
threading.Thread(target=server.serve_forever, daemon=True).start()
connection = http.client.HTTPConnection('127.0.0.1', server.server_port)
for number in range(${EXCHANGES}):
    connection.request('POST', '/item/%d' % number, body=b'x' * (number * 10), headers={'Authorization': 'Bearer hidden-token'})
    connection.getresponse().read()
connection.close()
with socket.create_connection(('127.0.0.1', int(sys.argv[1]))) as raw:
    raw.sendall(b'\\x00\\x01binary hello')
    raw.recv(100)
try:
    socket.create_connection(('127.0.0.1', int(sys.argv[2])))
except OSError:
    pass
`;

describe('the table of a busy program', () => {
  const suite = panelSuite();
  const capture = recorded(async () => {
    const raw = await answeringServer('\u0000\u0001binary answer');
    try {
      return await recordScript(BUSY, [String(raw.port), String(await closedPort())]);
    } finally {
      await raw.stop();
    }
  });
  const count = '.toolbar .count';

  it('filters with a query as in a browser, and says what it does not understand', async () => {
    const { page } = await suite.open(capture.folder);
    await page
      .locator(count)
      .getByText(`${EXCHANGES + 2} exchanges`)
      .waitFor();
    const field = page.getByRole('textbox', { name: 'Filter exchanges' });
    const matching = async (query: string, expected: string) => {
      await field.fill(query);
      await page.locator(count).getByText(expected).waitFor();
    };
    await matching('status:404', `30 of ${EXCHANGES + 2} exchanges`);
    await matching('status:404 path:/item/1', `11 of ${EXCHANGES + 2} exchanges`);
    await matching('-method:POST', `2 of ${EXCHANGES + 2} exchanges`);
    await matching('is:raw', `1 of ${EXCHANGES + 2} exchanges`);
    await matching('larger-than:3k', `13 of ${EXCHANGES + 2} exchanges`);
    await field.fill('colour:blue');
    await page.getByRole('alert').getByText('There is no filter "colour:"', { exact: false }).waitFor();
    await field.fill('status:nonsense-that-matches-nothing');
    await page.getByRole('alert').getByText('status: wants a number').waitFor();
  });

  it('sorts by a column, either way', async () => {
    const { page } = await suite.open(capture.folder);
    const first = page.locator('.table-row').first();
    await page.getByRole('columnheader', { name: '↑ Sent' }).getByRole('button').click();
    await page.locator('[aria-sort=descending]').waitFor();
    await first.getByText(`/item/${EXCHANGES - 1}`).waitFor();
    await page.getByRole('columnheader', { name: '↑ Sent' }).getByRole('button').click();
    await page.locator('[aria-sort=ascending]').waitFor();
    await page.getByRole('columnheader', { name: 'Status' }).getByRole('button').click();
    await first.getByText('404').waitFor();
  });

  it('sorts by keyboard alone', async () => {
    const { page } = await suite.open(capture.folder);
    const first = page.locator('.table-row').first();
    await first.getByText(/^\/item\/0 /).waitFor();
    await tabTo(page, 'Waterfall');
    await page.keyboard.press('Home');
    await page.keyboard.press('Enter');
    await page.getByRole('columnheader', { name: 'Status' }).and(page.locator('[aria-sort=descending]')).waitFor();
    await first.getByText('404').waitFor();
    // the arrows go along the titles, and back to the rows
    for (let presses = 0; presses < 5; presses += 1) await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Space');
    await page.getByRole('columnheader', { name: '↑ Sent' }).and(page.locator('[aria-sort=descending]')).waitFor();
    await first.getByText(`/item/${EXCHANGES - 1}`).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.getByRole('grid', { name: 'Exchanges' }).and(page.locator(':focus')).waitFor();
  });

  it('groups by connection', async () => {
    const { page } = await suite.open(capture.folder);
    await page.getByRole('button', { name: 'Group by connection' }).click();
    const heading = page.locator('.group-row').first();
    await heading.getByText(`${EXCHANGES} exchanges`).waitFor();
    assert.match(await seen(heading), /program\.py \(pid \d+\).*127\.0\.0\.1:\d+/s);
    assert.deepEqual(await violations(page), []);
  });

  it('folds groups by mouse and by keyboard, one or all of them, and remembers it', async () => {
    const { page, state } = await suite.open(capture.folder);
    await page.getByRole('button', { name: 'Group by connection' }).click();
    const tree = page.getByRole('treegrid', { name: 'Exchanges' });
    const heading = tree.getByRole('row', { name: `${EXCHANGES} exchanges` });
    const first = tree.getByRole('row', { name: /\/item\/0,/ });
    await heading.and(page.locator('[aria-expanded=true]')).waitFor();
    await first.waitFor();
    await heading.click();
    await heading.and(page.locator('[aria-expanded=false]')).waitFor();
    await first.waitFor({ state: 'hidden' });
    assert.deepEqual(await violations(page), []);

    await tabTo(page, 'Exchanges');
    await page.keyboard.press('ArrowRight');
    await first.waitFor();
    await page.keyboard.press('ArrowRight');
    await first.and(page.locator('.selected')).waitFor();
    await page.keyboard.press('ArrowLeft');
    await heading.and(page.locator('.selected')).waitFor();
    await page.keyboard.press('ArrowLeft');
    await first.waitFor({ state: 'hidden' });
    await page.keyboard.press('Enter');
    await first.waitFor();

    await page.getByRole('button', { name: 'Collapse all groups' }).click();
    await first.waitFor({ state: 'hidden' });
    await page.locator('.group-row[aria-expanded=true]').first().waitFor({ state: 'detached' });
    assert.equal(await tree.locator('.group-row:visible').count(), 3);
    await heading.click();
    await first.waitFor();
    const again = await suite.open(capture.folder, { state: await state() });
    await again.page.getByRole('button', { name: 'Expand all groups' }).waitFor();
    const kept = again.page.getByRole('treegrid', { name: 'Exchanges' });
    await kept.getByRole('row', { name: /\/item\/0,/ }).waitFor();
    assert.equal(await kept.getByRole('row', { name: /binary|no HTTP/ }).count(), 0);
    await again.page.getByRole('button', { name: 'Expand all groups' }).click();
    await kept.getByRole('row', { name: /\/item\/0,/ }).waitFor();
    await again.page.getByRole('button', { name: 'Collapse all groups' }).waitFor();
  });

  it('goes through all rows by keyboard, with few elements', async () => {
    const { page } = await suite.open(capture.folder);
    await page.getByRole('row', { name: /item\/0,/ }).waitFor();
    // the last row is the last one when all has been read
    await page
      .locator(count)
      .getByText(`${EXCHANGES + 2} exchanges`, { exact: true })
      .waitFor();
    await tabTo(page, 'Exchanges');
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowDown');
    await page.getByRole('row', { name: /\/item\/1,/, selected: true }).waitFor();
    await page.keyboard.press('End');
    await page
      .locator('.table-row.selected')
      .getByText('failed')
      .or(page.locator('.table-row.selected.outcome-failed'))
      .first()
      .waitFor();
    const rows = await page.locator('.table-row').count();
    assert.ok(rows < 60, `${rows} rows are elements`);
    await page.getByText('There was no connection, so nothing could answer.').waitFor();
  });

  it('shows what went over a raw socket', async () => {
    const { page } = await suite.open(capture.folder);
    await page.getByRole('textbox', { name: 'Filter exchanges' }).fill('is:raw');
    const row = page.locator('.table-row').first();
    await page
      .locator(count)
      .getByText(`1 of ${EXCHANGES + 2}`)
      .waitFor();
    await row.click();
    await page.locator('.hex-text', { hasText: 'binary hello' }).waitFor();
    await page.getByRole('tab', { name: /^Reply \d/ }).click();
    await page.locator('.hex-text', { hasText: 'binary answer' }).waitFor();
  });

  it('shows each exchange of a connection with its own bytes, secrets masked until they are revealed', async () => {
    const { page, clipboard } = await suite.open(capture.folder);
    await page.getByRole('textbox', { name: 'Filter exchanges' }).fill('path:/item/250');
    await page.locator(count).getByText('1 of').waitFor();
    await page.locator('.table-row').first().click();
    await page.locator('.hex-text', { hasText: 'POST /item/250' }).waitFor();
    await page.getByRole('tab', { name: 'Request', exact: true }).click();
    const headers = page.locator('.side');
    await headers.getByText('Bearer •••').waitFor();
    assert.doesNotMatch(await page.evaluate(() => document.body.textContent ?? ''), /hidden-token/);
    await page.locator('.tools').getByRole('button', { name: 'Copy', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Copy request as cURL' }).click();
    await page.getByRole('button', { name: 'Reveal secrets' }).click();
    await headers.getByText('Bearer hidden-token').waitFor();
    await page.locator('.hex-text', { hasText: 'hidden' }).waitFor();
    await page.getByRole('button', { name: 'Hide secrets' }).click();
    await headers.getByText('Bearer •••').waitFor();
    assert.match(
      clipboard[0] ?? '',
      /^curl --globoff --request POST http:\/\/127\.0\.0\.1:\d+\/item\/250 .*Authorization: Bearer •••/,
    );
  });

  it('searches the bytes and copies them in several forms', async () => {
    const { page, clipboard } = await suite.open(capture.folder);
    await page.getByRole('textbox', { name: 'Filter exchanges' }).fill('path:/item/123');
    await page.locator(count).getByText('1 of').waitFor();
    await page.locator('.table-row').first().click();
    await page.locator('.hex-text', { hasText: 'POST /item/123' }).waitFor();
    await page.getByRole('grid', { name: 'Bytes' }).press('Control+f');
    await page.getByRole('textbox', { name: 'Search in the bytes' }).fill('/item/123');
    await page.keyboard.press('Enter');
    await page.locator('.search-status').getByText('1 of 1').waitFor();
    await page.locator('.byte-status').getByText('9 B from 5').waitFor();
    // exactly which call wrote what was found
    await page
      .locator('.byte-status')
      .getByText(/^written by sendall \(a call of [\d,]+ B, at \+/)
      .waitFor();
    await page.locator('.tools').getByRole('button', { name: 'Copy', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Copy as Python bytes' }).click();
    await page.locator('.tools').getByRole('button', { name: 'Copy', exact: true }).click();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => document.querySelector('.menu:not([hidden])') === null);
    await page.getByRole('textbox', { name: 'Search in the bytes' }).fill('[a-z');
    const kind = page.getByRole('combobox', { name: 'Kind of search' });
    await kind.click();
    await page.getByRole('option', { name: 'RegExp' }).click();
    await page.getByRole('textbox', { name: 'Search in the bytes' }).press('Enter');
    await page.locator('.search-status').getByText('This is no regular expression').waitFor();
    assert.deepEqual(clipboard, ["b'/item/123'", '2f 69 74 65 6d 2f 31 32 33']);
  });

  it('comes back after a reload where it was', async () => {
    const first = await suite.open(capture.folder);
    await first.page.getByRole('textbox', { name: 'Filter exchanges' }).fill('status:404');
    await first.page.locator(count).getByText('30 of').waitFor();
    await first.page.locator('.table-row').nth(3).click();
    await first.page.locator('.hex-text', { hasText: '/item/37' }).waitFor();
    const state = await first.state();
    const second = await suite.open(capture.folder, { state });
    await second.page.locator(count).getByText('30 of').waitFor();
    await second.page.locator('.table-row.selected').getByText('/item/37').waitFor();
  });

  it('has what was selected selected again after a reload, bytes or a frame', async () => {
    const first = await suite.open(capture.folder);
    await first.page.getByRole('textbox', { name: 'Filter exchanges' }).fill('path:/item/250');
    await first.page.locator(count).getByText('1 of').waitFor();
    await first.page.locator('.table-row').first().click();
    await first.page.locator('.hex-text', { hasText: 'POST /item/250' }).waitFor();
    await first.page.getByRole('tab', { name: /^Reply \d/ }).click();
    await first.page.getByRole('grid', { name: 'Bytes' }).press('Control+Home');
    await first.page.keyboard.press('Shift+ArrowRight');
    const status = (page: Page) => page.locator('.byte-status');
    await status(first.page).getByText('2 B from 0 · head').waitFor();
    const state = await first.state();
    assert.doesNotMatch(JSON.stringify(state), /hidden-token|revealed/, 'no secret survives');
    const second = await suite.open(capture.folder, { state });
    await status(second.page).getByText('2 B from 0 · head').waitFor();
    await second.page.locator('.hex-bytes .chosen, .hex-bytes .caret').first().waitFor();
    await second.page.getByRole('treeitem', { name: /send/ }).first().click();
    await status(second.page)
      .getByText(/^sendall.* handed$/)
      .waitFor();
    const third = await suite.open(capture.folder, { state: await second.state() });
    await third.page.locator('.line.active', { hasText: 'sendall' }).waitFor();
    await third.page.locator('.hex-bytes .linked').first().waitFor();
  });
});
