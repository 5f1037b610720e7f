import assert from 'node:assert/strict';
import type { SourceFacts } from '../../../../src/base/uploadPlace';
import { startOf } from '../../../../src/extension/upload/startPlan';

const facts = (more: Partial<SourceFacts> = {}): SourceFacts => ({
  runs: true,
  needsPackage: false,
  module: 'upload',
  isPackage: false,
  test: null,
  ...more,
});

describe('what starts for a file', () => {
  it('is the file itself when it does something', () => {
    assert.deepEqual(startOf('/w/upload.py', facts()), { label: 'upload.py', attributes: { program: '/w/upload.py' } });
  });

  it('is the test that was asked about, or all of the file', () => {
    const test = ['TestUpload', 'test_large'];
    assert.deepEqual(startOf('/w/tests/test_upload.py', facts({ runs: false, test })), {
      label: 'pytest test_upload.py::TestUpload::test_large',
      attributes: { module: 'pytest', args: ['/w/tests/test_upload.py::TestUpload::test_large'] },
    });
    assert.deepEqual(startOf('/w/upload_test.py', facts()), {
      label: 'pytest upload_test.py',
      attributes: { module: 'pytest', args: ['/w/upload_test.py'] },
    });
    // a function of that name in a file that pytest would not collect is none
    assert.equal(startOf('/w/attest.py', facts({ test }))?.label, 'attest.py');
  });

  it('is the module when it needs its package around it', () => {
    const source = facts({ needsPackage: true, module: 'package.sub.tool' });
    assert.deepEqual(startOf('/w/package/sub/tool.py', source), {
      label: 'python -m package.sub.tool',
      attributes: { module: 'package.sub.tool', cwd: '/w' },
    });
    const main = facts({ needsPackage: true, module: 'package.__main__' });
    assert.equal(startOf('/w/package/__main__.py', main)?.attributes.module, 'package');
  });

  it('is nothing where running the file does nothing', () => {
    assert.equal(startOf('/w/api.py', facts({ runs: false })), null);
    assert.equal(startOf('/w/package/__init__.py', facts({ isPackage: true, module: 'package' })), null);
    assert.equal(startOf('/usr/lib/python3/dist-packages/asciinema/__main__.py', facts()), null);
  });
});
