import assert from 'node:assert/strict';
import * as errors from '../../../src/launch/errors';

describe('launch errors', () => {
  const all = [
    errors.noPythonFound(['a']),
    errors.pythonNotFound('python9', false),
    errors.pythonNotExecutable('/x'),
    errors.pythonDidNotAnswer('/x', 'boom'),
    errors.pythonTooOld('/x', '3.7.16', null),
    errors.probeMissing(['/a']),
    errors.captureFolderInUse('/c'),
    errors.captureFolderNotWritable('/c', 'ENOSPC'),
  ];

  it('have numbers and names of their own', () => {
    assert.equal(new Set(all.map((error) => error.number)).size, all.length);
    assert.equal(new Set(all.map((error) => error.name)).size, all.length);
  });

  it('end with what to do, in one line', () => {
    for (const error of all) {
      assert.match(error.message, /(Install|Correct|Name|Repair|Build)\b[^\n]*\.$/, error.name);
      assert.ok(error.exitCode >= 64 && error.exitCode <= 78, error.name);
    }
  });

  it('suggest the newer interpreter that was seen', () => {
    const { message } = errors.pythonTooOld('/old', '3.7.16', { path: '/new', version: '3.12.1' });
    assert.match(message, /\/old is Python 3\.7\.16\. Python 3\.12\.1 is at \/new/);
  });
});
