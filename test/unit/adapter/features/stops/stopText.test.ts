import assert from 'node:assert/strict';
import {
  arrival,
  breakpointLabel,
  printable,
  stopDescription,
} from '../../../../../src/adapter/features/stops/stopText';
import { ERRORS, exchange, failure } from '../../../../support/exchanges';
import { refusedExchange, STOP } from './support';

describe('the text of a stop', () => {
  it('tells the exception, the counts and the reply that was never read, without secrets', async () => {
    const { exchange, remove } = await refusedExchange();
    assert.equal(
      stopDescription(STOP, exchange),
      `${STOP.text}

POST http://localhost:8080/upload?token=•••
1,000,108 B handed to send ▸ 1,208 B accepted ▸ acknowledged: not known

The reply, never read by the program (arrived 11 ms before):
HTTP/1.1 413 Request Entity Too Large
Content-Length: 5

large`,
    );
    remove();
  });

  it('says in a sentence what went wrong where no reply says it', () => {
    const waited = failure('receive', ERRORS.timeout, { duration: 1.001e9 });
    const silent = exchange({ response: null, received: 0, failure: waited, raised: [ERRORS.timeout] });
    assert.match(stopDescription(STOP, silent), /\n\n.* did not answer; the program waited 1\.0 s and gave up\./);
  });

  it('stands on what the probe tells where the capture has nothing', () => {
    assert.match(stopDescription(STOP, null), /^POST localhost\/upload$/m);
    assert.equal(stopDescription({ ...STOP, exchange: null }, null), STOP.text);
  });

  it('tells how long the reply had been here, as far as the system does', () => {
    const since = (unreadFor: number | null, exception = STOP.exception) =>
      arrival({ ...STOP, exception, exchange: STOP.exchange && { ...STOP.exchange, unreadFor } });
    assert.equal(since(12_345), '12,345 ms before');
    assert.equal(since(0), 'just before');
    assert.equal(since(20, null), '20 ms ago');
    assert.equal(since(0, null), 'just now');
    assert.equal(since(null), null);
    assert.equal(arrival({ ...STOP, exchange: null }), null);
  });

  it('names the breakpoint as the client shows it', () => {
    assert.equal(breakpointLabel(STOP), 'Failed Send or Receive');
    const auto = { ...STOP, kind: 'autoBreakpoint', breakpoint: 'httpx' } as const;
    assert.equal(breakpointLabel(auto), 'Network Exception on Its Way (httpx)');
  });

  it('leaves no control characters in it', () => {
    assert.equal(printable('a\x1b[31m\r\nb\tc\u202ed\x00'), 'a�[31m\nb\tc�d�');
  });
});
