import assert from 'node:assert/strict';
import { modulePlace } from '../../../src/languageServer/modulePlace';

describe('the place of a module', () => {
  const packages = new Set(['/lib/a/__init__.py', '/lib/a/b/__init__.py']);
  const place = (path: string) => modulePlace(path, (file) => packages.has(file));

  it('is its name below the packages around it', () => {
    assert.deepEqual(place('/lib/a/b/c.py'), { name: 'a.b.c', isPackage: false });
    assert.deepEqual(place('/lib/a/b/__init__.py'), { name: 'a.b', isPackage: true });
    assert.deepEqual(place('/lib/single.py'), { name: 'single', isPackage: false });
  });

  it('ends at the root of the file system', () => {
    assert.deepEqual(
      modulePlace('/a.py', () => true),
      { name: 'a', isPackage: false },
    );
  });
});
