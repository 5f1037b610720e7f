import assert from 'node:assert/strict';
import { MAX_LENGTH, readBytes } from '../../../../src/adapter/features/readBytes';
import type { Exchange } from '../../../../src/decode/exchange';
import { CaptureReader } from '../../../../src/wire/reader';
import type { Conversation } from '../../../support/conversation';
import { ExchangeBuilder } from '../../../support/exchangeBuilder';
import { HEAD, REPLY, refused, uploading } from './conversations';

describe('reading bytes', () => {
  let conversation: Conversation;
  let exchanges: readonly Exchange[];
  const load = async (made: Conversation) => {
    conversation = made;
    exchanges = await new ExchangeBuilder(await CaptureReader.open(made.folder.path)).update();
  };
  const read = async (more: object) => {
    const exchange = exchanges[0] ?? null;
    const { data, size } = await readBytes(exchange, {
      exchange: exchange?.id ?? '',
      direction: 'down',
      start: 0,
      length: 100_000,
      ...more,
    });
    return { text: Buffer.from(data, 'base64').toString('latin1'), size };
  };
  afterEach(() => conversation.folder.remove());

  it('gives a message and its parts', async () => {
    await load(refused());
    assert.deepEqual(await read({}), { text: REPLY, size: REPLY.length });
    assert.equal((await read({ part: 'body' })).text, 'large');
    assert.deepEqual(await read({ direction: 'up', part: 'head' }), { text: HEAD, size: HEAD.length });
  });

  it('gives a range, cut at the end', async () => {
    await load(refused());
    assert.equal((await read({ start: 9, length: 3 })).text, '413');
    assert.equal((await read({ part: 'body', start: 3, length: 100 })).text, 'ge');
    assert.equal((await read({ part: 'body', start: 300, length: 1 })).text, '');
    assert.equal((await read({ part: 'body', start: 0, length: 0 })).text, '');
  });

  it('gives so much at once and no more', async () => {
    const made = uploading();
    made.send(Buffer.alloc(200_000));
    await load(made);
    const { text, size } = await read({ direction: 'up', length: 1_000_000 });
    assert.equal(text.length, MAX_LENGTH);
    assert.equal(size, HEAD.length + 201_000);
  });

  it('says what is not there', async () => {
    await load(uploading());
    const wanted = { exchange: 'x', direction: 'down', start: 0, length: 1 } as const;
    await assert.rejects(readBytes(null, wanted), /no exchange x/);
    await assert.rejects(read({}), /has no reply/);
  });
});
