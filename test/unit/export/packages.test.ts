import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { PackageIndex } from '../../../src/export/packages';
import { frame } from '../../support/exchanges';
import { useTempFolder } from '../../support/tempFolder';

describe('PackageIndex', () => {
  const temp = useTempFolder();

  function write(path: string, text: string): void {
    const file = join(temp.path, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }

  function origin(path: string) {
    const {
      kind,
      package: name,
      version,
    } = new PackageIndex().originsFor({ python: '3.11.2' })(frame(join(temp.path, path), 1, 'f'));
    return [kind, name, version];
  }

  it('reads a wheel’s metadata, and the version in its head only', () => {
    write(
      'site-packages/requests-2.31.0.dist-info/METADATA',
      'Metadata-Version: 2.1\nName: requests\nVersion: 2.31.0\n\nVersion: 9\n',
    );
    write('site-packages/requests-2.31.0.dist-info/top_level.txt', 'requests\n');
    assert.deepEqual(origin('site-packages/requests/adapters.py'), ['library', 'requests', '2.31.0']);
  });

  it('reads Debian’s, where the metadata may be one file', () => {
    write('dist-packages/asciinema-2.2.0.egg-info/PKG-INFO', 'Name: asciinema\nVersion: 2.2.0\n');
    write('dist-packages/six-1.16.0.egg-info', 'Name: six\nVersion: 1.16.0\n');
    assert.deepEqual(origin('dist-packages/asciinema/api.py'), ['library', 'asciinema', '2.2.0']);
    assert.deepEqual(origin('dist-packages/six.py'), ['library', 'six', '1.16.0']);
  });

  it('finds distributions that are called otherwise than what they install', () => {
    write('site-packages/PyYAML-6.0.dist-info/METADATA', 'Name: PyYAML\nVersion: 6.0\n');
    write('site-packages/PyYAML-6.0.dist-info/top_level.txt', '_yaml\nyaml\n');
    write('site-packages/python_dateutil-2.9.dist-info/METADATA', 'Name: python-dateutil\nVersion: 2.9\n');
    write('site-packages/python_dateutil-2.9.dist-info/RECORD', 'dateutil/__init__.py,sha256=x,1\n');
    assert.deepEqual(origin('site-packages/yaml/loader.py'), ['library', 'PyYAML', '6.0']);
    assert.deepEqual(origin('site-packages/dateutil/parser.py'), ['library', 'python-dateutil', '2.9']);
  });

  it('is not misled by a name that only begins alike', () => {
    write('site-packages/requests_toolbelt-1.0.dist-info/METADATA', 'Name: requests-toolbelt\nVersion: 1.0\n');
    write('site-packages/requests_toolbelt-1.0.dist-info/RECORD', 'requests_toolbelt/__init__.py,sha256=x,1\n');
    assert.deepEqual(origin('site-packages/requests/api.py'), ['library', 'requests', null]);
  });

  it('gives the standard library the version of the process, and loose files none', () => {
    const origins = new PackageIndex().originsFor({ python: '3.12.1' });
    assert.equal(origins(frame('/usr/lib/python3.12/ssl.py', 1, 'f')).version, '3.12.1');
    assert.deepEqual(origins(frame('/home/user/a.py', 1, 'f')), { kind: 'user', package: null, version: null });
  });

  it('does not fail on folders that are gone', () => {
    assert.deepEqual(origin('nowhere/site-packages/requests/api.py'), ['library', 'requests', null]);
  });
});
