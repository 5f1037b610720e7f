import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { diagnose, RULES } from '../../../src/diagnosis/diagnose';
import { checkout } from '../../support/checkout';
import { attempt, brokenUpload, ERRORS, exchange, response } from '../../support/exchanges';

describe('diagnose', () => {
  it('has every rule that there is a file of, once', () => {
    const files = readdirSync(join(checkout, 'src/diagnosis/rules'));
    assert.equal(RULES.length, files.length);
    assert.equal(new Set(RULES.map(({ id }) => id)).size, RULES.length);
  });

  it('has nothing to say about success', () => {
    assert.deepEqual(diagnose(exchange()), []);
    assert.deepEqual(diagnose(exchange({ response: response(304, 'Not Modified') })), []);
  });

  it('has nothing to say about what is still going on, or was given up by the program', () => {
    assert.deepEqual(diagnose(exchange({ response: null, received: 0, live: true, endedAt: null })), []);
    assert.deepEqual(diagnose(attempt({})), []);
  });

  it('says one thing about one exchange, the most telling one', () => {
    const reply = { response: response(413, 'Too Large', { readByProgram: false }), received: 350 };
    assert.deepEqual(
      diagnose(brokenUpload(ERRORS.brokenPipe, reply)).map(({ id }) => id),
      ['refused-early'],
    );
    assert.deepEqual(
      diagnose(brokenUpload(ERRORS.brokenPipe)).map(({ id }) => id),
      ['cut-mid-body'],
    );
  });
});
