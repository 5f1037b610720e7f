import assert from 'node:assert/strict';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { prepareExampleFolder, RECORDING_SIZE, recordingOf } from '../../../../src/extension/example/exampleFolder';
import { checkout } from '../../../support/checkout';
import { useTempFolder } from '../../../support/tempFolder';

const UPLOADER = join(checkout, 'examples/upload.py');

describe('the folder of the example', () => {
  const temp = useTempFolder();

  it('holds all that the program needs', async () => {
    const example = await prepareExampleFolder(join(temp.path, 'not/there/yet'), UPLOADER, 'PEM');
    assert.equal(readFileSync(example.program, 'utf8'), readFileSync(UPLOADER, 'utf8'));
    assert.equal(readFileSync(example.certificate, 'utf8'), 'PEM');
    assert.equal(statSync(join(example.folder, example.recording)).size, RECORDING_SIZE);
  });

  it('keeps what the user has changed in the program, and takes the new certificate', async () => {
    const folder = temp.path;
    const { program } = await prepareExampleFolder(folder, UPLOADER, 'first');
    writeFileSync(program, 'changed');
    const again = await prepareExampleFolder(folder, UPLOADER, 'second');
    assert.equal(readFileSync(program, 'utf8'), 'changed');
    assert.equal(readFileSync(again.certificate, 'utf8'), 'second');
  });

  it('fails with the reason where it cannot write', async () => {
    const file = join(temp.path, 'file');
    writeFileSync(file, '');
    await assert.rejects(prepareExampleFolder(join(file, 'below'), UPLOADER, 'PEM'), { code: 'ENOTDIR' });
  });

  it('makes recordings of exactly the size asked for, of which every line is JSON', () => {
    for (const size of [200, 1000, 65_537]) {
      const recording = recordingOf(size);
      assert.equal(Buffer.byteLength(recording), size);
      const [header, ...events] = recording.trimEnd().split('\n');
      assert.equal(JSON.parse(header ?? '').version, 2);
      assert.ok(events.every((event) => JSON.parse(event).length === 3));
    }
  });
});
