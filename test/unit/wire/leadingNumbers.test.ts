import assert from 'node:assert/strict';
import { keys, leadingNumbers } from '../../../src/wire/leadingNumbers';
import { record } from '../../support/captureWriter';

const NAMES = keys('id', 'parent', 'thread');
const read = (text: string): number[] | null => {
  const into: number[] = [];
  return leadingNumbers(record(9, 1, Buffer.from(text)), NAMES, into) ? into : null;
};

describe('the leading numbers of a record', () => {
  it('are read as the recorder writes them, null as 0', () => {
    assert.deepEqual(read('{"id":33,"parent":null,"thread":1,"function":"x"}'), [33, 0, 1]);
    assert.deepEqual(read('{"id":900719925474099,"parent":2,"thread":3}'), [900719925474099, 2, 3]);
  });

  for (const text of [
    '{"id":1,"thread":1,"parent":2}',
    '{ "id":1,"parent":2,"thread":3}',
    '{"id":1.5,"parent":2,"thread":3}',
    '{"id":-1,"parent":2,"thread":3}',
    '{"id":"1","parent":2,"thread":3}',
    '{"id":1,"parent":2}',
    '{"id":1,"parent":2,"thread":3',
    '{"id":12345678901234567890,"parent":2,"thread":3}',
    '{"id":1,"parent":nil,"thread":3}',
    '{"id":',
    '',
  ]) {
    it(`are left to the parser in ${text || 'nothing'}`, () => assert.equal(read(text), null));
  }
});
