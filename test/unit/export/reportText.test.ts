import assert from 'node:assert/strict';
import { renderReport } from '../../../src/export/reportText';
import { columns } from '../../../src/export/text/layout';
import {
  attempt,
  brokenUpload,
  certificateError,
  ERRORS,
  exchange,
  failure,
  request,
  response,
  tls,
} from '../../support/exchanges';
import { reportOf } from '../../support/reports';

describe('renderReport', () => {
  const refused = () =>
    brokenUpload(ERRORS.sslEof, {
      scheme: 'https',
      tls: tls(),
      response: response(413, 'Request Entity Too Large', { readByProgram: false, early: true }),
      received: 350,
    });
  const render = async (exchanges: readonly ReturnType<typeof exchange>[], width = 100) =>
    renderReport(await reportOf(exchanges), { color: false, width });

  it('keeps within the width, whatever it is', async () => {
    const expired = certificateError(10, 'certificate has expired');
    const cases = [
      refused(),
      attempt({
        id: 'b',
        scheme: 'https',
        tls: tls({ version: null, error: [expired] }),
        failure: failure('tls', expired),
      }),
      exchange(
        {
          id: 'c',
          request: request({ url: `http://api.example/${'x'.repeat(300)}` }),
          response: response(404, 'Not Found'),
        },
        'requests',
      ),
    ];
    for (let width = 60; width <= 140; width += 1) {
      const text = await render(cases, width);
      for (const line of text.split('\n')) assert.ok(columns(line) <= Math.min(width, 132), `${width}: ${line}`);
    }
  });

  it('treats less than 60 columns as 60', async () => {
    assert.equal(await render([refused()], 20), await render([refused()], 60));
  });

  it('has a block for each finding, and one line for all the rest', async () => {
    const text = await render([refused(), exchange({ id: 'b' }), exchange({ id: 'c' })]);
    assert.equal(text.match(/^ ✗ /gm)?.length, 1);
    assert.match(text, /^ ✓ 2 other exchanges complete; nothing to report\./m);
  });

  it('shows one of many that differ in the request only', async () => {
    const missing = (path: string) =>
      exchange({
        id: path,
        request: request({ url: `http://api.example/${path}` }),
        response: response(404, 'Not Found'),
      });
    const text = await render([missing('a'), missing('b'), refused(), missing('c'), missing('d'), missing('e')]);
    assert.equal(text.match(/^ [!✗] /gm)?.length, 2);
    assert.match(text, /also {8}4 more like this one: http:\/\/api\.example\/b, .*\/c,\n? *.*\/d and 1\s+others/);
  });

  it('takes silence for no proof where a library has sockets of its own', async () => {
    const unseen = async (exchanges: readonly ReturnType<typeof exchange>[]) => {
      const report = await reportOf(exchanges);
      const processes = report.processes.map((process) => ({ ...process, unseen: ['pycurl'] }));
      return renderReport({ ...report, processes }, { color: false, width: 132 });
    };
    assert.match(await unseen([]), /^ ! No connection was seen\. pycurl was loaded and brings sockets of its own/m);
    assert.match(await unseen([exchange()]), /^ ✓ POST .*\n[\s\S]*^ ! pycurl was loaded/m);
  });

  it('is silent about success but for what it was', async () => {
    const text = await render([exchange()]);
    assert.match(
      text,
      /^ ✓ POST http:\/\/api\.example:8080\/upload {3}200 OK {3}complete: 1,200 B sent, 350 B received; nothing\n {3}to report/,
    );
    assert.match(await render([]), /✓ No connection was seen; nothing to report/);
    assert.match(
      await render([exchange({ response: null, received: 0 }), exchange({ id: 'b' })]),
      /1 exchange complete, 1 without a complete HTTP reply/,
    );
  });

  it('prints nothing raw, and colour only when told', async () => {
    const evil = '\x1b]0;owned\x07\u202e\x9b31m';
    const hostile = exchange({
      host: evil,
      request: request({ method: evil, url: `http://${evil}/` }),
      response: response(500, evil, {
        headers: [{ name: 'Server', value: evil }],
        bodyPreview: new TextEncoder().encode(evil),
      }),
    });
    const report = await reportOf([hostile]);
    const unsafe = /[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]/;
    assert.doesNotMatch(renderReport(report, { color: false, width: 100 }), unsafe);
    const colored = renderReport(report, { color: true, width: 100 });
    assert.match(colored, /\x1b\[1m/);
    assert.doesNotMatch(colored.replace(/\x1b\[[0-9;]*m/g, ''), unsafe);
  });

  it('is the same in ASCII', async () => {
    const text = renderReport(await reportOf([refused()]), { color: false, width: 100, unicode: false });
    assert.match(text, /^[\x0a\x20-\x7e]*$/);
    assert.match(text, /^ x POST[\s\S]*api\.example -> 192\.0\.2\.7:8080/);
  });

  it('tells what is wrong with the recording, and where it lies', async () => {
    const problem = {
      file: 'process-1-0.fwp',
      code: 'truncated' as const,
      message: 'The file ends in the middle of a record.',
    };
    const notice = {
      pid: 7,
      reason: 'python-too-old',
      python: '3.7.16',
      message: 'Framewire records Python 3.8 and newer.',
    };
    const report = await reportOf([], {}, { problems: [problem], notices: [notice] });
    const text = renderReport(report, { color: false, width: 100 });
    assert.match(text, /^ ! The file ends in the middle of a record\./m);
    assert.match(text, /^ ! Process 7 \(Python 3\.7\.16\) was not recorded: Framewire records/m);
    assert.match(text, /capture {5}\.framewire\/2026-11-22T10-42-28 · exit code 1 · framewire show$/m);
  });

  it('tells how the program ended, or that nobody knows', async () => {
    const closing = async (changes: object) => {
      const report = await reportOf([]);
      return renderReport({ ...report, ...changes }, { color: false, width: 100 });
    };
    assert.match(await closing({ exitCode: null, signal: 'SIGKILL' }), /· ended by SIGKILL ·/);
    assert.match(await closing({ exitCode: null }), /· still running, or its end was not noted ·/);
    assert.match(await closing({ exitCode: 0 }), /· exit code 0 ·/);
  });

  it('quotes a folder so that it can be pasted', async () => {
    const report = await reportOf([], {}, { folder: "/tmp/it's here" });
    assert.match(renderReport(report, { color: false, width: 100 }), /framewire show '\/tmp\/it'\\''s here'/);
  });
});
