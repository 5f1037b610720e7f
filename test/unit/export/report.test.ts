import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { RULES } from '../../../src/diagnosis/diagnose';
import type { CaptureSource } from '../../../src/export/report';
import { checkout } from '../../support/checkout';
import {
  attempt,
  brokenUpload,
  certificateError,
  ERRORS,
  errorInfo,
  exchange,
  failure,
  process,
  request,
  response,
  tls,
  urlError,
} from '../../support/exchanges';
import { reportOf, source } from '../../support/reports';
import { violations } from '../../support/schema';

describe('buildReport', () => {
  const refused = () =>
    brokenUpload(ERRORS.brokenPipe, { response: response(413, 'Too Large', { readByProgram: false }), received: 350 });

  it('puts exchanges, findings and the program’s end together', async () => {
    const report = await reportOf([refused(), exchange({ id: 'other' })]);
    assert.equal(report.exchanges.length, 2);
    assert.deepEqual(
      report.findings.map(({ id, exchange: about }) => [id, about]),
      [['refused-early', refused().id]],
    );
    assert.deepEqual([report.exitCode, report.signal, report.command], [1, null, ['python3', 'upload.py']]);
    assert.equal(report.processes[0]?.python, '3.11.2');
  });

  it('names the gravest finding first', async () => {
    const missing = exchange({ id: 'first', response: response(404, 'Not Found') });
    const { findings } = await reportOf([missing, refused(), { ...missing, id: 'last' }]);
    assert.deepEqual(
      findings.map((finding) => finding.exchange),
      [refused().id, 'first', 'last'],
    );
  });

  it('masks what is secret everywhere, unless told', async () => {
    const uncaught = [[errorInfo('OSError', { message: 'https://u:hunter2@h/' })]] as const;
    const changes = {
      manifest: { ...source().manifest, command: ['x', '--token', 'hunter2'] } as CaptureSource['manifest'],
      processes: [
        { info: { ...process, argv: ['x', '--token', 'hunter2'] }, uncaught, unseen: [] },
      ] as unknown as CaptureSource['processes'],
    };
    const headers = [{ name: 'Authorization', value: 'Bearer hunter2' }];
    const secret = exchange({ response: response(500, 'token=hunter2', { headers }) });
    const masked = await reportOf([secret], {}, changes);
    assert.doesNotMatch(
      JSON.stringify({
        ...masked,
        exchanges: masked.exchanges.map((each) => ({ ...each, response: { ...each.response, reason: '' } })),
      }),
      /hunter2/,
    );
    assert.equal(masked.redacted, true);
    const plain = await reportOf([secret], { reveal: true }, changes);
    assert.match(JSON.stringify(plain.processes), /hunter2/);
    assert.equal(plain.redacted, false);
  });

  it('does without a manifest', async () => {
    const report = await reportOf([], {}, { manifest: null });
    assert.deepEqual([report.exitCode, report.command, report.cwd, report.capture.created], [null, [], null, null]);
  });

  it('hands on what is wrong with the capture', async () => {
    const problem = { file: 'process-1-0.fwp', code: 'truncated' as const, message: 'cut' };
    const notice = { pid: 7, reason: 'python-too-old', python: '3.7.16', message: 'too old' };
    const report = await reportOf([], {}, { problems: [problem], notices: [notice] });
    assert.deepEqual(report.problems, [problem]);
    assert.deepEqual(report.notices, [notice]);
  });

  it('looks up the reverse names of those that findings are about, if it may', async () => {
    const local = { peer: { address: '127.0.0.1', port: 1 } };
    const [quiet] = (await reportOf([exchange(local)], { reverseNames: true })).exchanges;
    assert.equal(quiet?.peer?.reverseName, null);
    const [without] = (await reportOf([{ ...refused(), ...local }], { reverseNames: false })).exchanges;
    assert.equal(without?.peer?.reverseName, null);
  });
});

describe('docs/report.schema.json', () => {
  const schema = JSON.parse(readFileSync(join(checkout, 'docs/report.schema.json'), 'utf8'));

  const refused = certificateError(62, 'Hostname mismatch');
  const part = { name: 'f', filename: 'a', contentType: null, size: 5, sizeDerived: false, complete: true };
  const everything = [
    exchange({ tls: tls(), request: request({ parts: [{ ...part, range: request().bodyRange }] }) }, 'requests'),
    attempt({
      tls: tls({ version: null, error: [refused] }),
      failure: failure('tls', refused),
      raised: urlError(refused),
    }),
    attempt({ peer: null, resolve: null, connects: [], intended: null, socket: null }),
    brokenUpload(ERRORS.brokenPipe, {
      response: response(413, 'x', { readByProgram: false, interim: [{ status: 100, reason: 'Continue' }] }),
      lastWords: { outcome: 'recovered', reason: null, bytes: 350, alert: null },
    }),
  ];
  const problem = { file: 'process-1-0.fwp', code: 'truncated' as const, message: 'cut' };
  const notice = { pid: 7, reason: 'python-too-old', python: '3.7.16', message: 'too old' };

  it('describes every member of every report', async () => {
    const report = await reportOf(everything, {}, { problems: [problem], notices: [notice] });
    assert.deepEqual(violations(JSON.parse(JSON.stringify(report)), schema), []);
    assert.deepEqual(violations(JSON.parse(JSON.stringify(await reportOf([], {}, { manifest: null }))), schema), []);
  });

  it('would notice a member that is missing, of another type, or not described', async () => {
    const report = JSON.parse(JSON.stringify(await reportOf([exchange()])));
    assert.deepEqual(violations({ ...report, exitCode: '1' }, schema), ['$.exitCode is no integer or null: "1"']);
    assert.deepEqual(violations({ ...report, more: 1 }, schema), ['$.more is not described']);
    delete report.exchanges[0].bytes.handed;
    assert.deepEqual(violations(report, schema), ['$.exchanges[0].bytes has no handed']);
  });

  it('has a word on every rule in the page about it', () => {
    const page = readFileSync(join(checkout, 'docs/report-format.md'), 'utf8');
    for (const { id } of RULES) assert.match(page, new RegExp(`\\| .*\`${id}\``), id);
  });
});
