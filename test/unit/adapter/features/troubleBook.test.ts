import assert from 'node:assert/strict';
import { MOST, TroubleBook } from '../../../../src/adapter/features/troubleBook';
import { PackageIndex } from '../../../../src/export/packages';
import { brokenUpload, ERRORS, exchange, response } from '../../../support/exchanges';

describe('what a report will say', () => {
  const fine = exchange({ id: 'fine', response: response(200, 'OK', { readByProgram: true, complete: true }) });
  const missing = (id: string) => exchange({ id, response: response(404, 'Not Found', { complete: true }) });

  it('is kept of exchanges with a finding only, in their order, as they were last', () => {
    const book = new TroubleBook(new PackageIndex());
    book.note({ ...brokenUpload(ERRORS.brokenPipe), id: 'b', beganAt: 2 });
    book.note({ ...missing('a'), beganAt: 1 });
    book.note(fine);
    assert.deepEqual(
      book.list().map(({ exchange: { id } }) => id),
      ['a', 'b'],
    );
    assert.deepEqual([book.has('a'), book.has('fine')], [true, false]);
    book.note({ ...fine, id: 'a' });
    assert.deepEqual(
      book.list().map(({ exchange: { id } }) => id),
      ['b'],
    );
  });

  it('does not grow without an end, and leaves room for what weighs more', () => {
    const book = new TroubleBook(new PackageIndex());
    for (let count = 0; count < MOST + 7; count += 1) book.note(missing(`m${count}`));
    assert.deepEqual([book.list().length, book.more], [MOST, 7]);
    assert.equal(book.has(`m${MOST + 3}`), true);
    const broken = brokenUpload(ERRORS.brokenPipe, { response: response(413, 'Too Large', { readByProgram: false }) });
    book.note({ ...broken, id: 'broken' });
    assert.deepEqual([book.list().length, book.more], [MOST + 1, 7]);
    assert.equal(
      book.list().some(({ findings }) => findings[0]?.severity === 'error'),
      true,
    );
  });
});
