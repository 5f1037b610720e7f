import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { analyzeCapture } from '../../../src/export/analyze';
import { createCapture } from '../../../src/launch/captureFolder';
import { probeEnvironment } from '../../../src/launch/environment';
import { findPython } from '../../../src/launch/python';
import { closedPort } from '../../support/servers.mjs';
import { useTempFolder } from '../../support/tempFolder';

describe('analyzeCapture', () => {
  const temp = useTempFolder();

  it('goes from a real recording to its findings', async () => {
    const port = await closedPort();
    const command = [
      '-c',
      `import urllib.request\ntry: urllib.request.urlopen("http://127.0.0.1:${port}/x")\nexcept OSError: pass`,
    ];
    const capture = await createCapture({ folder: join(temp.path, 'capture'), cwd: temp.path, command });
    const python = await findPython({ cwd: temp.path, env: process.env });
    execFileSync(python.path, command, { env: probeEnvironment(process.env, { captureFolder: capture.folder }) });
    await capture.finish({ exitCode: 0, signal: null });

    const report = await analyzeCapture(capture.folder, { reverseNames: false });
    assert.deepEqual(report.problems, []);
    assert.equal(report.exitCode, 0);
    assert.equal(report.processes[0]?.python, python.version);
    assert.deepEqual(
      report.findings.map(({ id }) => id),
      ['connection-refused'],
    );
    const [exchange] = report.exchanges;
    assert.equal(exchange?.request?.url, `http://127.0.0.1:${port}/x`);
    assert.deepEqual(exchange?.peer, { address: '127.0.0.1', port, reverseName: null });
    assert.equal(exchange?.error?.type, 'ConnectionRefusedError');
    assert.equal(exchange?.client[0]?.name, 'urllib');
    assert.ok(
      exchange?.frames.some(({ kind, packageVersion }) => kind === 'stdlib' && packageVersion === python.version),
    );
  });

  it('tells of a folder that holds no recording', async () => {
    const report = await analyzeCapture(temp.path);
    assert.deepEqual(
      report.problems.map(({ code }) => code),
      ['empty'],
    );
    assert.deepEqual([report.exchanges, report.findings], [[], []]);
  });

  it('rejects what is no folder', async () => {
    await assert.rejects(analyzeCapture(join(temp.path, 'none')), { name: 'CaptureError', code: 'missing-folder' });
  });
});
