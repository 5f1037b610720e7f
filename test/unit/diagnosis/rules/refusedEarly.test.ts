import assert from 'node:assert/strict';
import type { Exchange } from '../../../../src/decode/exchange';
import { refusal, refusedEarly } from '../../../../src/diagnosis/rules/refusedEarly';
import {
  brokenUpload,
  count,
  ERRORS,
  errorInfo,
  exchange,
  response,
  type STACKS,
  tls,
} from '../../../support/exchanges';
import { adviceText, fires, staysSilent } from '../../../support/rules';

describe('refused-early', () => {
  const unread = response(413, 'Request Entity Too Large', {
    readByProgram: false,
    early: true,
    arrivedBeforeFailure: 11e6,
  });
  const refused = (
    error = ERRORS.brokenPipe as Parameters<typeof brokenUpload>[0],
    changes: Partial<Exchange> = {},
    client?: string,
  ) => brokenUpload(error, { response: unread, received: 350, ...changes }, client as keyof typeof STACKS);

  it("names the server's refusal and not the broken pipe", () => {
    const finding = fires(refusedEarly, refused());
    assert.equal(
      finding.title,
      'The server refused the body (413 Request Entity Too Large) and closed the connection; urllib reported only the broken connection.',
    );
    assert.equal(finding.side, 'server');
    assert.equal(finding.severity, 'error');
    assert.match(finding.summary, /524,288 of 12,444,474 B/);
    assert.match(finding.summary, /sendall failed with BrokenPipeError\(32\)/);
  });

  it('is keyed on no error: every platform and library calls the cut differently', () => {
    const all = [
      ERRORS.brokenPipe,
      ERRORS.reset,
      ERRORS.resetMac,
      ERRORS.protoType,
      ERRORS.winAborted,
      ERRORS.winReset,
      ERRORS.sslEof,
      ERRORS.sslSyscall,
      errorInfo('ClientOSError', { module: 'aiohttp.client_exceptions' }),
    ];
    for (const error of all) fires(refusedEarly, refused(error));
  });

  it('leads to the reply, the failing call, the bytes, the line of the program', () => {
    const kinds = fires(refusedEarly, refused()).evidence.map(({ kind, text }) => `${kind}: ${text}`);
    assert.ok(
      kinds.some((text) =>
        /^reply: reply 413 .*never read by the program, before the request was sent whole/.test(text),
      ),
      kinds.join('\n'),
    );
    assert.ok(
      kinds.some((text) =>
        /^operation: BrokenPipeError\(32\) in sendall, about 11 ms after the reply had arrived/.test(text),
      ),
    );
    assert.ok(kinds.some((text) => /^bytes: .*524,288 B accepted, 65,731 B acknowledged/.test(text)));
    assert.ok(kinds.some((text) => /^frame: .*upload\.py:14/.test(text)));
  });

  it('says about when the count is computed', () => {
    const derived = refused(undefined, {
      bytes: { handed: count(12_444_474), accepted: count(65_000, { derived: true }), acknowledged: count(null) },
    });
    assert.match(fires(refusedEarly, derived).summary, /about 65,000 of/);
  });

  it('advises by library, version and server', () => {
    assert.match(
      adviceText(fires(refusedEarly, refused())),
      /client_max_body_size[\s\S]*urllib cannot show[\s\S]*getresponse/,
    );
    const old = fires(refusedEarly, refused(undefined, {}, 'requests'), { urllib3: '1.26.18', requests: '2.31.0' });
    assert.match(adviceText(old), /urllib3 1\.26\.18 gives the connection up[\s\S]*pip install/);
    const secure = fires(refusedEarly, refused(ERRORS.sslEof, { scheme: 'https', tls: tls() }, 'requests'), {
      urllib3: '2.8.0',
    });
    assert.match(adviceText(secure), /urllib3 2\.8\.0 looks for such a reply on plain HTTP only/);
    assert.doesNotMatch(adviceText(secure), /pip install/);
    assert.match(adviceText(fires(refusedEarly, refused(undefined, {}, 'aiohttp'))), /expect100=True/);
  });

  it('speaks of the program when there is no library', () => {
    const bare = refused(undefined, { intended: null }, 'socket');
    assert.match(fires(refusedEarly, bare).title, /; the program reported only/);
  });

  it('words other statuses as what they are', () => {
    assert.equal(refusal({ status: 401 }), 'refused the request');
    assert.equal(refusal({ status: 503 }), 'failed to handle the request');
    assert.equal(refusal({ status: 408 }), 'stopped waiting for the request');
    const unauthorized = { response: response(401, 'Unauthorized', { readByProgram: false }), received: 350 };
    assert.match(
      fires(refusedEarly, brokenUpload(ERRORS.reset, unauthorized)).title,
      /refused the request \(401 Unauthorized\)/,
    );
  });

  it('stays silent when the program read the reply, when it is no refusal, and when nothing broke', () => {
    staysSilent(refusedEarly, refused(undefined, { response: response(413, 'Too Large', { readByProgram: true }) }));
    staysSilent(refusedEarly, refused(undefined, { response: response(413, 'Too Large', { readByProgram: null }) }));
    staysSilent(refusedEarly, refused(undefined, { response: response(201, 'Created', { readByProgram: false }) }));
    staysSilent(refusedEarly, brokenUpload(ERRORS.brokenPipe));
    staysSilent(refusedEarly, exchange({ response: response(413, 'Too Large', { readByProgram: false }) }));
  });
});
