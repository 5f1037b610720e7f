import assert from 'node:assert/strict';
import { ExceptionChanges } from '../../../../src/adapter/features/exceptionChanges';
import { CaptureReader } from '../../../../src/wire/reader';
import { ExchangeBuilder } from '../../../support/exchangeBuilder';
import { refused, uploading } from './conversations';

describe('the exceptions that changed', () => {
  it('are told with the exchange that they broke, and again when it is known what became of them', async () => {
    const conversation = uploading();
    const reader = await CaptureReader.open(conversation.folder.path);
    const builder = new ExchangeBuilder(reader);
    const changes = new ExceptionChanges();
    const take = async (running: boolean) => {
      await reader.poll();
      return changes.take(reader.processes, await builder.update(), running);
    };
    assert.deepEqual(await take(true), []);
    refused(conversation);
    const [one, ...others] = await take(true);
    assert.deepEqual(others, []);
    assert.deepEqual([one?.fate, one?.where, one?.chain[0]?.name], ['caught', 'sendall', 'ConnectionResetError']);
    assert.match(one?.exchange ?? '', /\/0$/);
    assert.equal(one?.chain[0]?.frames[0]?.function, 'send');
    assert.deepEqual(await take(true), []);
    assert.deepEqual(await take(false), [], 'nothing new about it');
    conversation.folder.remove();
  });
});
