import assert from 'node:assert/strict';
import { exchangeBlock, headline } from '../../../../src/export/text/exchangeBlock';
import { Page } from '../../../../src/export/text/page';
import { Pen } from '../../../../src/export/text/style';
import { attempt, brokenUpload, ERRORS, exchange, failure, response } from '../../../support/exchanges';
import { rowsOf } from '../../../support/pages';
import { reportOf } from '../../../support/reports';

describe('headline', () => {
  const line = (shown: ReturnType<typeof exchange>) =>
    rowsOf(shown, (page, each) => page.paragraph(headline(page, each)));

  it('says what was asked and what came of it', async () => {
    assert.equal((await line(exchange())).trim(), 'POST http://api.example:8080/upload   200 OK');
    const unread = exchange({ response: response(413, 'Too Large', { readByProgram: false }) });
    assert.match(await line(unread), /413 Too Large {3}never read by the program/);
  });

  it('does with what is known of an attempt', async () => {
    assert.equal((await line(attempt({ intended: null }))).trim(), 'http://api.example:8080');
    const nothing = attempt({ intended: null, host: null, peer: null, connects: [], resolve: null });
    assert.equal((await line(nothing)).trim(), 'a connection');
  });
});

describe('exchangeBlock', () => {
  async function block(shown: ReturnType<typeof exchange>): Promise<string> {
    const report = await reportOf([shown]);
    const page = new Page(new Pen({ color: false, unicode: true }), 100);
    const [each] = report.exchanges;
    const [finding] = report.findings;
    assert.ok(each && finding);
    exchangeBlock(page, each, finding, '/home/user');
    return page.toString();
  }

  it('answers in a fixed order', async () => {
    const unread = response(413, 'Too Large', { readByProgram: false, early: true });
    const text = await block(brokenUpload(ERRORS.brokenPipe, { response: unread, received: 350 }));
    const labels = [...text.matchAll(/^ {3}(\w+) +\S/gm)].map(([, label]) => label);
    assert.deepEqual(
      labels.filter((label) =>
        [
          'why',
          'side',
          'server',
          'body',
          'sent',
          'reply',
          'failed',
          'exception',
          'time',
          'frames',
          'do',
          'see',
        ].includes(label ?? ''),
      ),
      ['why', 'side', 'server', 'body', 'sent', 'reply', 'failed', 'exception', 'time', 'frames', 'do', 'see'],
    );
    assert.match(text, /^ ✗ POST/);
  });

  it('numbers advice where there is more than one piece', async () => {
    const unread = response(413, 'Too Large', { readByProgram: false });
    assert.match(
      await block(brokenUpload(ERRORS.brokenPipe, { response: unread })),
      /do {10}1 Send less[\s\S]*\n {15}2 [\s\S]*client_max_body_size 20m;/,
    );
    assert.match(
      await block(exchange({ response: response(404, 'Not Found') })),
      /^ ! POST[\s\S]*do {10}Check the URL/,
    );
  });

  it('shows an attempt that failed', async () => {
    assert.match(await block(attempt({ failure: failure('connect', ERRORS.refused) })), /refused[\s\S]*not connected/);
  });
});
