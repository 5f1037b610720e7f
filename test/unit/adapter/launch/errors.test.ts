import assert from 'node:assert/strict';
import * as errors from '../../../../src/adapter/launch/errors';

describe("the adapter's errors", () => {
  const all = [
    errors.programMissing('/a/b.py'),
    errors.invalidConfiguration('"cwd" must be a string'),
    errors.debugpyMissing('/usr/bin/python3', '3.9.1', 'this build has none'),
    errors.debugpyUnreachable('127.0.0.1:5678', 'ECONNREFUSED'),
    errors.childUnreachable('127.0.0.1:1', 'refused'),
  ];

  it('have numbers and names of their own', () => {
    assert.deepEqual(
      all.map(({ number, name }) => [number, name]),
      [
        [2001, 'ProgramMissing'],
        [2002, 'InvalidConfiguration'],
        [2003, 'DebugpyMissing'],
        [2004, 'DebugpyUnreachable'],
        [2005, 'ChildUnreachable'],
      ],
    );
    assert.equal(errors.errorNumber(all[0]), 2001);
    assert.equal(errors.errorNumber(new Error('x')), undefined);
  });

  it('say what is wrong and what to do', () => {
    assert.match(errors.errorMessage(all[0]), /no file \/a\/b\.py\. Correct "program"/);
    assert.match(errors.errorMessage(all[2]), /this build has none.*\/usr\/bin\/python3 -m pip install debugpy/);
    assert.equal(errors.errorMessage('text'), 'text');
  });
});
