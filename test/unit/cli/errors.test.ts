import assert from 'node:assert/strict';
import { CliError, NOT_EXECUTABLE, NOT_FOUND, usageError } from '../../../src/cli/errors';

describe('errors of the command line', () => {
  it('carry the exit code that a shell expects', () => {
    const error = usageError('Nothing to run.');
    assert.ok(error instanceof CliError);
    assert.equal(error.exitCode, 64);
    assert.match(error.message, /^Nothing to run\. See: framewire --help$/);
    assert.deepEqual([NOT_EXECUTABLE, NOT_FOUND], [126, 127]);
  });
});
