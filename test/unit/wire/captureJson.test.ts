import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseManifest, parseNotice, readJsonFile } from '../../../src/wire/captureJson';
import { CaptureFolder } from '../../support/captureWriter';

describe('the JSON files of a capture', () => {
  let folder: CaptureFolder;
  beforeEach(() => {
    folder = new CaptureFolder();
  });
  afterEach(() => folder.remove());

  it('reads an object, and nothing from what is none', async () => {
    const path = join(folder.path, 'capture.json');
    assert.equal(await readJsonFile(path), null);
    for (const text of ['', '{"a":', '7', 'null']) {
      writeFileSync(path, text);
      assert.equal(await readJsonFile(path), null, JSON.stringify(text));
    }
    writeFileSync(path, '{"a":1}');
    assert.deepEqual(await readJsonFile(path), { a: 1 });
  });

  it('knows a manifest by its format', () => {
    const manifest = parseManifest({ format: 'framewire-capture', version: '1.0', command: ['a', 'b'], exitCode: 1 });
    assert.deepEqual(manifest, {
      version: '1.0',
      created: null,
      tool: null,
      command: ['a', 'b'],
      cwd: null,
      ended: null,
      exitCode: 1,
      signal: null,
    });
    assert.equal(parseManifest({ format: 'other', version: '1.0' }), null);
    assert.equal(parseManifest({ format: 'framewire-capture' }), null);
  });

  it('gives a notice words when it has none', () => {
    const notice = parseNotice({ pid: 7, reason: 'python-too-old', python: '3.7.16', message: 'Too old.' });
    assert.deepEqual(notice, { pid: 7, reason: 'python-too-old', python: '3.7.16', message: 'Too old.' });
    assert.deepEqual(parseNotice({}).reason, 'probe-failed');
  });
});
