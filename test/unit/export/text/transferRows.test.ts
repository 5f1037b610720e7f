import assert from 'node:assert/strict';
import { bodyRow, legendRow, replyRow, sentRow, timeRow } from '../../../../src/export/text/transferRows';
import { brokenUpload, count, ERRORS, exchange, request, response } from '../../../support/exchanges';
import { rowsOf } from '../../../support/pages';

describe('bodyRow', () => {
  const range = request().bodyRange;
  const part = {
    name: 'asciicast',
    filename: 'demo.cast',
    contentType: null,
    size: 12_444_083,
    sizeDerived: false,
    range,
    complete: false,
  };

  it('tells the size, the parts, where it was held and what it was read from', async () => {
    const upload = brokenUpload(ERRORS.reset);
    const withParts = { ...upload, request: { ...request(), ...upload.request, parts: [part] } };
    assert.equal(
      (await rowsOf(withParts, bodyRow, 200)).trim(),
      'body        12,444,274 B announced · multipart: asciicast = demo.cast, 12,444,083 B · bytes, held in memory whole, read from /home/user/demo.cast',
    );
  });

  it('words streams, chunks and sizes that follow from others', async () => {
    const body = { type: 'generator', size: null, storage: 'stream' as const, files: [] };
    const chunked = exchange({ request: request({ chunked: true, bodyAnnounced: null, body }) });
    assert.match(
      await rowsOf(chunked, bodyRow),
      /chunked, no length announced · produced piece by piece by a generator/,
    );
    const derived = exchange({ request: request({ parts: [{ ...part, sizeDerived: true }] }) });
    assert.match(await rowsOf(derived, bodyRow), /demo\.cast, ≈ 12,444,083 B/);
    const file = { type: 'BufferedReader', size: 5, storage: 'file' as const, files: [{ path: '/x', size: 5 }] };
    assert.match(await rowsOf(exchange({ request: request({ body: file }) }), bodyRow), /streamed from \/x/);
  });

  it('is not there for a request without a body', async () => {
    assert.equal(await rowsOf(exchange({ request: request({ body: null, bodyAnnounced: null }) }), bodyRow), '');
  });
});

describe('sentRow', () => {
  it('keeps three counts apart, with a bar of how far it got', async () => {
    const text = await rowsOf(brokenUpload(ERRORS.reset), sentRow);
    assert.match(text, /12,444,474 B handed ▸ 524,288 B accepted ▸ 65,731 B acknowledged\n/);
    assert.match(text, /▓+▒+░+ 4\.2 % of 12,444,474 B accepted/);
  });

  it('has no bar when all went out', async () => {
    assert.equal(
      (await rowsOf(exchange(), sentRow)).trim(),
      'sent        1,200 B handed ▸ 1,200 B accepted ▸ 1,200 B acknowledged',
    );
  });

  it('marks what was computed, says what is not known, and explains the marks', async () => {
    const bytes = {
      handed: count(12_444_474),
      accepted: count(65_000, { derived: true, atLeast: true }),
      acknowledged: count(null),
    };
    const upload = brokenUpload(ERRORS.sslEof, { bytes });
    assert.match(await rowsOf(upload, sentRow), /≈ ≥ 65,000 B accepted ▸ \? \(not known\) acknowledged/);
    assert.match(await rowsOf(upload, legendRow), /≈ computed .* ≥ at least/);
    assert.equal(await rowsOf(exchange(), legendRow), '');
  });
});

describe('replyRow', () => {
  it('shows the words of a page without its markup', async () => {
    const html = '<html><head><title>t</title><style>a{}</style></head><body><h1>413  Too\nLarge</h1></body></html>';
    const reply = response(413, 'x', { bodyPreview: new TextEncoder().encode(html), early: true });
    assert.equal(
      (await rowsOf(exchange({ response: reply }), replyRow)).trim(),
      'reply       350 B · before the request was sent whole · “413 Too Large”',
    );
  });

  it('says when it is not whole, or not to be had', async () => {
    assert.match(
      await rowsOf(exchange({ response: response(200, 'OK', { complete: false }) }), replyRow),
      /· incomplete ·/,
    );
    const lost = { outcome: 'not-recoverable' as const, reason: 'The buffer was gone.', bytes: 0, alert: null };
    assert.match(
      await rowsOf(brokenUpload(ERRORS.reset, { lastWords: lost }), replyRow),
      /not recoverable: the buffer was gone\n/,
    );
    assert.match(await rowsOf(exchange({ response: null, received: 21 }), replyRow), /21 B, no complete HTTP head/);
    assert.equal(await rowsOf(brokenUpload(ERRORS.reset), replyRow), '');
  });
});

describe('timeRow', () => {
  it('gives the steps that there were', async () => {
    assert.equal(
      (await rowsOf(exchange(), timeRow)).trim(),
      'time        name 2.0 ms · connect 1.0 ms · request 100 ms · wait 100 ms · reply 100 ms · 3.0 s in all',
    );
  });
});
