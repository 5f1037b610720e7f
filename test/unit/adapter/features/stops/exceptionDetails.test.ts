import assert from 'node:assert/strict';
import { chainLines, exceptionDetails } from '../../../../../src/adapter/features/stops/exceptionDetails';
import { BROKEN } from './support';

const CHAIN = [
  { type: 'URLError', module: 'urllib.error', args: ['<BrokenPipeError>'], message: '<urlopen error token=hush>' },
  { ...BROKEN, relation: 'reason', of: 0 },
  { type: 'KeyError', module: 'builtins', args: ["'x'"], message: null, relation: 'context', of: 1 },
];

describe('exception details', () => {
  it('nest by what names what, each with an expression that gives it', () => {
    const details = exceptionDetails(CHAIN, 'e');
    assert.equal(details?.fullTypeName, 'urllib.error.URLError');
    assert.equal(details?.message, '<urlopen error token=•••>');
    const inner = details?.innerException?.[0];
    assert.deepEqual(
      [inner?.fullTypeName, inner?.message, inner?.evaluateName],
      ['BrokenPipeError', '[Errno 32] Broken pipe', 'e.reason'],
    );
    assert.deepEqual(inner?.framewire, { args: BROKEN.args, relation: 'reason', errno: 32, errnoName: 'EPIPE' });
    const innermost = inner?.innerException?.[0];
    assert.deepEqual([innermost?.message, innermost?.evaluateName], ["KeyError('x')", 'e.reason.__context__']);
  });

  it('are none without an exception, and survive a chain that names itself', () => {
    assert.equal(exceptionDetails([], 'e'), null);
    assert.equal(exceptionDetails([{ type: 'A' }, { type: 'B', of: 1 }], 'e')?.innerException, undefined);
  });

  it('become a line each', () => {
    assert.deepEqual(chainLines(CHAIN), [
      'reason: BrokenPipeError: [Errno 32] Broken pipe (EPIPE)',
      'raised while handling: KeyError',
    ]);
  });
});
