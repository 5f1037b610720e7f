import assert from 'node:assert/strict';
import type { Value } from '../../../../../src/adapter/features/stops/variables';
import { wireValues } from '../../../../../src/adapter/features/stops/wireScope';
import { refusedExchange, STOP } from './support';

const pairs = (values: readonly Value[]) => values.map(({ name, value }) => [name, value]);

describe('the scope "Wire"', () => {
  it('has the exchange, three counts, the last bytes each way, the reply and the socket', async () => {
    const { exchange, remove } = await refusedExchange();
    const values = await wireValues(STOP, exchange);
    const found = Object.fromEntries(pairs(values));
    assert.deepEqual(Object.keys(found), [
      'stopped at',
      'request',
      'handed to send',
      'accepted by the system',
      'acknowledged by the peer',
      'last bytes sent',
      'last bytes received',
      'reply',
      'socket',
    ]);
    assert.equal(found.request, 'POST http://localhost:8080/upload?token=•••');
    assert.deepEqual(
      [found['handed to send'], found['accepted by the system'], found['acknowledged by the peer']],
      ['1,000,108 B', '1,208 B', 'not known'],
    );
    assert.match(found['last bytes sent'] ?? '', /^…"\.+"/);
    assert.match(found['last bytes received'] ?? '', /large"$/);
    assert.equal(found.reply, '413 Request Entity Too Large, never read by the program');
    const reply = values.find(({ name }) => name === 'reply');
    assert.deepEqual(pairs(reply?.children ?? []), [
      ['status', '413'],
      ['reason', 'Request Entity Too Large'],
      ['arrived', '11 ms before'],
      ['headers', '1'],
      ['body', 'large'],
    ]);
    const request = values.find(({ name }) => name === 'request');
    const headers = request?.children?.find(({ name }) => name === 'headers');
    assert.ok(pairs(headers?.children ?? []).some(([, value]) => value === 'Bearer •••'));
    remove();
  });

  it('stands on what the probe tells where the capture has nothing', async () => {
    const found = Object.fromEntries(pairs(await wireValues(STOP, null)));
    assert.equal(found.reply, '413 Request Entity Too Large');
    assert.equal(found.socket, '#1 → 127.0.0.1:8080');
    const nothing = pairs(await wireValues({ ...STOP, exchange: null, socket: null }, null));
    assert.deepEqual(nothing, [
      ['stopped at', 'Failed Send or Receive'],
      ['reply', 'none'],
    ]);
  });

  it('says why a reply is lost', async () => {
    const exchange = STOP.exchange && {
      ...STOP.exchange,
      statusLine: null,
      lastWords: { outcome: 'not-recoverable', reason: 'the connection was reset', bytes: 0 },
    };
    const found = Object.fromEntries(pairs(await wireValues({ ...STOP, exchange }, null)));
    assert.equal(found.reply, 'lost: the connection was reset');
  });
});
