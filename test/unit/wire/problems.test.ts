import assert from 'node:assert/strict';
import { constants } from 'node:os';
import { CaptureError, problems } from '../../../src/wire/problems';

describe('problems of a capture', () => {
  it('names the reason why a recording stopped', () => {
    assert.match(problems.stopped('f', 7, constants.errno.ENOSPC).message, /process 7 .*disk was full/);
    assert.match(problems.stopped('f', 7, constants.errno.EIO).message, /EIO/);
    assert.match(problems.stopped('f', 7, 54_321).message, /errno 54321/);
    assert.match(problems.stopped('f', 7, 0xffffffff).message, /probe failed with an error of its own/);
  });

  it('says what to do about a newer capture', () => {
    assert.match(problems.newerVersion('p.fwp', '2.1').message, /p\.fwp .*2\.1.*Update Framewire/s);
  });

  it('counts records that were left out', () => {
    assert.match(problems.malformed('f', 64, 1).message, /one record does not .* was left out/);
    assert.match(problems.malformed('f', 64, 3).message, /3 records do not .* were left out/);
  });

  it('has an error with a code for a capture that cannot be opened', () => {
    const error = new CaptureError('missing-folder', 'There is none.');
    assert.deepEqual([error.name, error.code, error.message], ['CaptureError', 'missing-folder', 'There is none.']);
  });
});
