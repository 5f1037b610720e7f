import assert from 'node:assert/strict';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { consoleScripts, startsIn } from '../../../../src/extension/upload/consoleScripts';
import { likelyInterpreters } from '../../../../src/extension/upload/likelyInterpreters';

describe('installed commands', () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'framewire-scripts-'));
    const metadata = join(folder, 'packages', 'Upload_Tool-1.5.dist-info');
    mkdirSync(metadata, { recursive: true });
    writeFileSync(join(metadata, 'METADATA'), 'Metadata-Version: 2.1\nName: Upload-Tool\nVersion: 1.5\n');
    writeFileSync(
      join(metadata, 'entry_points.txt'),
      '[console_scripts]\nframewire-upload = upload_tool.cli:main\n[gui_scripts]\nframewire-window = upload_tool.window:main\n',
    );
  });
  after(() => rmSync(folder, { recursive: true }));

  it('are told by the interpreter', async () => {
    const [python] = likelyInterpreters(null, undefined);
    assert.ok(python, 'there is a Python on PATH');
    const before = process.env.PYTHONPATH;
    process.env.PYTHONPATH = join(folder, 'packages');
    try {
      const found = await consoleScripts(python);
      const ours = found.filter(({ name }) => name.startsWith('framewire-'));
      assert.deepEqual(ours, [
        {
          name: 'framewire-upload',
          distribution: 'Upload-Tool',
          version: '1.5',
          module: 'upload_tool.cli',
          path: null,
        },
      ]);
    } finally {
      if (before === undefined) delete process.env.PYTHONPATH;
      else process.env.PYTHONPATH = before;
    }
  });

  it('are none where there is no interpreter to ask', async () => {
    assert.deepEqual(await consoleScripts(join(folder, 'python')), []);
  });

  it('start in a package', () => {
    const script = (module: string) => ({ name: 'a', module, distribution: 'd', version: '1', path: null });
    assert.equal(startsIn(script('asciinema.__main__'), 'asciinema'), true);
    assert.equal(startsIn(script('asciinema2'), 'asciinema'), false);
    assert.equal(startsIn(script('asciinema'), null), false);
  });

  it('belong to the selected interpreter, else to that of the project, else to one on PATH', () => {
    assert.deepEqual(likelyInterpreters('/selected', folder), ['/selected']);
    const place = (...parts: string[]) => {
      const path = join(folder, ...parts, 'python');
      mkdirSync(join(folder, ...parts), { recursive: true });
      writeFileSync(path, '');
      chmodSync(path, 0o755);
      assert.ok(existsSync(path));
      return path;
    };
    const [project, onPath] = [place('.venv', 'bin'), place('path')];
    const env = { PATH: [join(folder, 'nothing'), join(folder, 'path')].join(delimiter) };
    assert.deepEqual(likelyInterpreters(null, folder, env, false), [project, onPath]);
    assert.deepEqual(likelyInterpreters(null, undefined, env, false), [onPath]);
  });
});
