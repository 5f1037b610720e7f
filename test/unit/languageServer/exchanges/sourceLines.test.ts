import assert from 'node:assert/strict';
import { symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SourceLines } from '../../../../src/languageServer/exchanges/sourceLines';
import { useTempFolder } from '../../../support/tempFolder';

const AFTER = Date.now() + 3_600_000;

describe('lines that ran', () => {
  const folder = useTempFolder();
  const file = (text: string) => {
    const path = join(folder.path, 'upload.py');
    writeFileSync(path, text);
    return path;
  };

  it('are those of the file when it was first told of', () => {
    const lines = new SourceLines();
    const path = file('first\r\n  second()  \n');
    assert.equal(lines.lineThatRan(path, 2, { capture: 'a', began: AFTER }), 'second()');
    file('another\nthing\n');
    assert.equal(lines.lineThatRan(path, 2, { capture: 'a', began: AFTER }), 'second()', 'it was edited since');
    assert.equal(lines.lineThatRan(path, 2, { capture: 'b', began: AFTER }), 'thing', 'a later run');
    assert.equal(lines.lineThatRan(path, 9, { capture: 'b', began: AFTER }), null);
  });

  it('are not known of a file that was changed after it ran, or is not there', () => {
    const lines = new SourceLines();
    const path = file('first\n');
    utimesSync(path, AFTER / 1000, AFTER / 1000);
    assert.equal(lines.lineThatRan(path, 1, { capture: 'a', began: AFTER - 1000 }), null);
    assert.equal(lines.lineThatRan(join(folder.path, 'gone.py'), 1, { capture: 'a', began: AFTER }), null);
  });

  it('belong to one file by whatever name', () => {
    const lines = new SourceLines();
    const path = file('x\n');
    const link = join(folder.path, 'link.py');
    symlinkSync(path, link);
    assert.equal(lines.pathOf(link), lines.pathOf(path));
    assert.equal(lines.pathOf('/nowhere/../at/all.py'), '/at/all.py');
  });
});
