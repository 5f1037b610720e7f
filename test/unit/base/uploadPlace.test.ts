import assert from 'node:assert/strict';
import { importFolder, UPLOAD_PLACE_REQUEST } from '../../../src/base/uploadPlace';

describe('the place of an upload, as both sides know it', () => {
  it('has a name of its own among the requests of the protocol', () => {
    assert.match(UPLOAD_PLACE_REQUEST, /^framewire\//);
  });

  it('knows where a module is imported from', () => {
    const folder = (path: string, module: string, isPackage = false) => importFolder(path, { module, isPackage });
    assert.equal(folder('/w/tool.py', 'tool'), '/w');
    assert.equal(folder('/w/package/sub/tool.py', 'package.sub.tool'), '/w');
    assert.equal(folder('/w/package/__init__.py', 'package', true), '/w');
    assert.equal(folder('/w/package/__main__.py', 'package.__main__'), '/w');
  });
});
