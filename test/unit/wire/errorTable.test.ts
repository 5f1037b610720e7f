import assert from 'node:assert/strict';
import { ErrorTable } from '../../../src/wire/errorTable';
import { StackTable } from '../../../src/wire/stackTable';

describe('ErrorTable', () => {
  it('reads again what it did not keep', () => {
    let read = 0;
    const fields = (id: number) => ({ id, chain: [{ type: `E${id}` }] });
    const errors = new ErrorTable(new StackTable(), (offset) => {
      read += 1;
      return offset === 64 * 3 ? null : fields(offset / 64);
    });
    for (let id = 1; id <= 10_000; id += 1) assert.equal(errors.add(id, fields(id), 64 * id), true);
    assert.deepEqual([errors.get(10_000)?.[0].type, read], ['E10000', 0]);
    assert.deepEqual([errors.get(1)?.[0].type, errors.get(1)?.[0].type, read], ['E1', 'E1', 1]);
    assert.equal(errors.get(3), null, 'the file has lost it');
    assert.deepEqual([errors.get(0), errors.get(99_999)], [null, null]);
  });

  it('refuses what is none', () => {
    const errors = new ErrorTable(new StackTable(), () => null);
    assert.equal(errors.add(0, { chain: [{ type: 'E' }] }, 64), false);
    assert.equal(errors.add(1, { chain: [] }, 64), false);
  });
});
