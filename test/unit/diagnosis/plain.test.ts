import assert from 'node:assert/strict';
import { diagnose } from '../../../src/diagnosis/diagnose';
import { isPlain } from '../../../src/diagnosis/plain';
import { brokenUpload, ERRORS, exchange, failure, response } from '../../support/exchanges';

describe('a plain exchange', () => {
  const fine = exchange({ response: response(200, 'OK', { readByProgram: true, complete: true }) });

  it('is one that went well, and no rule has a word on it', () => {
    assert.equal(isPlain(fine), true);
    assert.deepEqual(diagnose(fine), []);
  });

  it('is none that broke, was refused, was not read or is not over', () => {
    const others = [
      brokenUpload(ERRORS.brokenPipe),
      { ...fine, failure: failure('send', ERRORS.brokenPipe) },
      { ...fine, response: null },
      { ...fine, response: response(404, 'Not Found', { complete: true }) },
      { ...fine, response: response(200, 'OK', { complete: false }) },
      { ...fine, response: response(200, 'OK', { complete: true, readByProgram: false }) },
    ];
    assert.deepEqual(
      others.map((one) => isPlain(one)),
      others.map(() => false),
    );
  });
});
