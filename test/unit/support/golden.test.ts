import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expectGolden } from '../../support/golden';
import { useTempFolder } from '../../support/tempFolder';

describe('goldens', () => {
  const temp = useTempFolder();
  const path = () => join(temp.path, 'case.txt');
  const expect = (text: string, update = false) => expectGolden('case.txt', text, { folder: temp.path, update });

  it('fail when there is none, and do not write themselves', () => {
    assert.throws(() => expect('one\n'), /There is no test\/golden\/case\.txt\..*--update-goldens.*one/s);
    assert.equal(existsSync(path()), false);
  });

  it('fail where a text differs, with the place, and stay as they are', () => {
    writeFileSync(path(), 'one\ntwo\nthree\n');
    expect('one\ntwo\nthree\n');
    assert.throws(() => expect('one\n2\nthree\n'), /line 2:\n {2}one\n- two\n- three\n- \n\+ 2\n/);
    assert.throws(() => expect('one\ntwo\nthree\nfour\n'), /\+ four/);
    assert.throws(() => expect('one\ntwo\n'), /- three/);
    assert.equal(readFileSync(path(), 'utf8'), 'one\ntwo\nthree\n');
  });

  it('are written when that is asked for', () => {
    expect('one\n', true);
    assert.equal(readFileSync(path(), 'utf8'), 'one\n');
  });
});
