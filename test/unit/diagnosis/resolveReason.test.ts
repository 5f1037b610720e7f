import assert from 'node:assert/strict';
import { resolveReason } from '../../../src/diagnosis/resolveReason';
import { errorInfo } from '../../support/exchanges';

describe('resolveReason', () => {
  const reason = (
    errno: number | null,
    platform: string | null = 'linux',
    changes: Parameters<typeof errorInfo>[1] = {},
  ) => resolveReason(errorInfo('gaierror', { module: 'socket', errno, ...changes }), platform);

  it('reads each platform by its own numbers', () => {
    assert.equal(reason(-2), 'not-found');
    assert.equal(reason(-3, null), 'try-again');
    assert.equal(reason(8, 'darwin'), 'not-found');
    assert.equal(reason(8, 'linux'), 'other');
    assert.equal(reason(7, 'freebsd14'), 'no-address');
    assert.equal(reason(11004, 'win32'), 'no-address');
  });

  it('takes the name of a code before its number', () => {
    assert.equal(reason(999, 'linux', { errnoName: 'EAI_FAIL' }), 'failed');
  });

  it('knows gethostbyname’s numbers and names that are none', () => {
    assert.equal(resolveReason(errorInfo('herror', { errno: 1 }), 'linux'), 'not-found');
    assert.equal(resolveReason(errorInfo('UnicodeError', { bases: ['ValueError', 'Exception'] }), 'linux'), 'invalid');
    assert.equal(reason(null), 'other');
  });
});
