import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Buffered, ExportError, writeExport } from '../../../src/export/exportFile';
import { useTempFolder } from '../../support/tempFolder';

describe('a file of an export', () => {
  const temp = useTempFolder();
  const text = (words: string) => async (sink: { write(bytes: Uint8Array): Promise<void> }) => {
    await sink.write(Buffer.from(words));
    return words.length;
  };

  it('is whole, and readable by its owner only', async () => {
    const path = join(temp.path, 'a.har');
    assert.equal(await writeExport(path, false, text('all of it')), 9);
    assert.equal(readFileSync(path, 'utf8'), 'all of it');
    assert.equal(statSync(path).mode & 0o777, 0o600);
    assert.deepEqual(readdirSync(temp.path), ['a.har']);
  });

  it('replaces another only when told to', async () => {
    const path = join(temp.path, 'a.har');
    writeFileSync(path, 'mine');
    await assert.rejects(writeExport(path, false, text('new')), {
      name: 'ExportError',
      code: 'exists',
      message: /a\.har/,
    });
    assert.equal(readFileSync(path, 'utf8'), 'mine');
    await writeExport(path, true, text('new'));
    assert.equal(readFileSync(path, 'utf8'), 'new');
    assert.equal(statSync(path).mode & 0o777, 0o600);
  });

  it('replaces none that came meanwhile', async () => {
    const path = join(temp.path, 'a.har');
    const slow = writeExport(path, false, async (sink) => {
      await sink.write(Buffer.from('new'));
      writeFileSync(path, 'somebody was faster');
    });
    await assert.rejects(slow, { code: 'exists' });
    assert.equal(readFileSync(path, 'utf8'), 'somebody was faster');
    assert.deepEqual(readdirSync(temp.path), ['a.har']);
  });

  it('leaves nothing behind when its content cannot be made', async () => {
    const path = join(temp.path, 'a.har');
    const broken = writeExport(path, false, async (sink) => {
      await sink.write(Buffer.alloc(1_000_000));
      assert.equal(readdirSync(temp.path).length, 1, 'something is being written');
      throw new Error('no more');
    });
    await assert.rejects(broken, { message: 'no more' });
    assert.deepEqual(readdirSync(temp.path), []);
  });

  it('says what to do where there is no place for it', async () => {
    mkdirSync(join(temp.path, 'folder'));
    writeFileSync(join(temp.path, 'file'), '');
    const cases: [string, RegExp][] = [
      ['folder', /is a folder\. Name a file/],
      ['none/a.har', /There is no folder .*none\. Create it/],
      ['file/a.har', /There is no folder .*file/],
    ];
    for (const [name, message] of cases) {
      await assert.rejects(writeExport(join(temp.path, name), true, text('x')), { code: 'unwritable', message });
    }
  });

  it('says when the disk is full', async function () {
    // a device on which every write finds no space; Linux has it
    if (process.platform !== 'linux') return this.skip();
    const path = join(temp.path, 'full');
    symlinkSync('/dev/full', path);
    await assert.rejects(writeExport(path, false, text('x')), {
      code: 'unwritable',
      message: /not enough space for .*full/,
    });
  });

  it('says when a folder may not be written to', async () => {
    if (process.getuid?.() === 0) {
      // root may write anywhere but where the kernel makes the files
      await assert.rejects(writeExport('/proc/self/a.har', false, text('x')), ExportError);
      return;
    }
    chmodSync(temp.path, 0o500);
    await assert.rejects(writeExport(join(temp.path, 'a.har'), false, text('x')), { message: /may not be written to/ });
    chmodSync(temp.path, 0o700);
  });

  it('writes small pieces together and in order', async () => {
    const written: string[] = [];
    const buffered = new Buffered(async (bytes) => {
      written.push(Buffer.from(bytes).toString());
    });
    for (const piece of ['a', 'b', 'c']) await buffered.write(Buffer.from(piece));
    await buffered.flush();
    await buffered.write(Buffer.alloc(300_000, 'd'));
    await buffered.flush();
    assert.deepEqual(
      written.map((each) => each.slice(0, 3)),
      ['abc', 'ddd'],
    );
  });
});
