import assert from 'node:assert/strict';
import { exceptionText } from '../../../../src/extension/sidebar/exceptionText';
import { WRAPPED } from './exceptions';

describe('an exception as text', () => {
  it('has everything that is known, line by line', () => {
    assert.equal(
      exceptionText(WRAPPED),
      [
        'urllib.error.URLError: <urlopen error [Errno 32] Broken pipe>',
        '  args[0] = <BrokenPipeError>',
        '  note: the second attempt',
        '  at upload (/home/user/upload.py:12)',
        'reason: BrokenPipeError: [Errno 32] Broken pipe',
        '  args[0] = 32',
        "  args[1] = 'Broken pipe'",
        '  errno = 32 EPIPE: Broken pipe',
      ].join('\n'),
    );
  });

  it('can be of one within the chain', () => {
    assert.match(exceptionText(WRAPPED, 1), /^BrokenPipeError: /);
    assert.equal(exceptionText(WRAPPED, 7), '');
  });
});
