import assert from 'node:assert/strict';
import type { ExchangeLookup } from '../../../../../src/adapter/features/recordedExchanges';
import { memoryReference, readMemory } from '../../../../../src/adapter/features/stops/recordedMemory';
import type { Exchange } from '../../../../../src/decode/exchange';
import { HEAD, REPLY } from '../conversations';
import { refusedExchange } from './support';

describe('recorded memory', () => {
  let recorded: ExchangeLookup;
  let exchange: Exchange;
  let remove: () => void;
  before(async () => {
    ({ recorded, exchange, remove } = await refusedExchange());
  });
  after(() => remove());
  const read = async (direction: 'up' | 'down', offset: number, count: number) => {
    const body = await readMemory(recorded, { memoryReference: memoryReference(exchange, direction), offset, count });
    return { ...body, data: body.data && Buffer.from(body.data, 'base64').toString('latin1') };
  };

  it('is a message from its first byte on', async () => {
    assert.deepEqual(await read('down', 0, REPLY.length), { address: '0x0', data: REPLY });
    assert.deepEqual(await read('up', 5, 7), { address: '0x5', data: HEAD.slice(5, 12) });
  });

  it('ends where the message does', async () => {
    const at = REPLY.length - 2;
    assert.deepEqual(await read('down', at, 10), { address: `0x${at.toString(16)}`, data: 'ge', unreadableBytes: 8 });
    assert.deepEqual(await read('down', 5000, 4), { address: '0x1388', data: undefined, unreadableBytes: 4 });
    assert.deepEqual(await read('down', -4, 4), { address: '0x0', data: undefined, unreadableBytes: 4 });
  });

  it('is refused for references that were not given', async () => {
    for (const reference of ['', 'framewire:up:nothing', 'framewire:sideways:1', '0x10']) {
      await assert.rejects(readMemory(recorded, { memoryReference: reference, count: 1 }), /no recorded memory/);
    }
    const memory = memoryReference(exchange, 'up');
    await assert.rejects(readMemory(recorded, { memoryReference: memory, count: -1 }), /whole numbers/);
  });
});
