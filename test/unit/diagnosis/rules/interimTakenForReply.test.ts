import assert from 'node:assert/strict';
import { interimTakenForReply } from '../../../../src/diagnosis/rules/interimTakenForReply';
import { ERRORS, errorInfo, exchange, failure, process, response } from '../../../support/exchanges';
import { adviceText, fires, staysSilent } from '../../../support/rules';

describe('interim-taken-for-reply', () => {
  const hints = { status: 103, reason: 'Early Hints' };
  const raised = [errorInfo('HTTPError', { message: 'HTTP Error 103: Early Hints' })] as const;
  const behind = (...interim: { status: number; reason: string }[]) => response(200, 'OK', { interim });
  const alone = { response: null, interim: [hints], received: 57 };

  it('says what urllib makes of an interim reply, and that the final one came behind it', () => {
    const finding = fires(interimTakenForReply, exchange({ response: behind(hints), raised }));
    assert.equal(
      finding.title,
      'http.client took 103 Early Hints for the reply of api.example:8080; it only announces one.',
    );
    assert.equal(finding.side, 'client library');
    assert.equal(finding.severity, 'error');
    assert.match(
      finding.summary,
      /\(HTTPError: HTTP Error 103: Early Hints\)\. urllib is built on it\. The final reply, 200 OK,/,
    );
    assert.match(adviceText(finding), /httpx and aiohttp/);
    assert.match(finding.references.join(), /RFC 8297/);
  });

  it('says so of requests, where nothing is raised, and of 102', () => {
    const progress = { status: 102, reason: 'Processing' };
    const finding = fires(interimTakenForReply, exchange({ response: behind(progress) }, 'requests'));
    assert.equal(finding.severity, 'warning');
    assert.match(finding.title, /took 102 Processing/);
    assert.match(finding.summary, /requests is built on it/);
  });

  it('knows one that no final reply has followed', () => {
    const finding = fires(interimTakenForReply, exchange(alone));
    assert.match(finding.summary, /had not come when the program was given this one/);
    const told = failure('receive', raised[0]);
    fires(interimTakenForReply, exchange({ ...alone, raised, failure: told }));
  });

  it('stays silent where http.client reads on, and for other clients', () => {
    staysSilent(interimTakenForReply, exchange());
    staysSilent(interimTakenForReply, exchange({ response: behind({ status: 100, reason: 'Continue' }) }));
    staysSilent(interimTakenForReply, exchange({ response: behind(hints) }, 'aiohttp'));
    const later = { ...process, python: '3.99.0' };
    staysSilent(interimTakenForReply, exchange({ response: behind(hints), process: later }));
    fires(interimTakenForReply, exchange({ response: behind(hints), process: later, raised }));
  });

  it('stays silent where the program did not read it', () => {
    const words = { outcome: 'recovered' as const, reason: null, bytes: 57, alert: null };
    staysSilent(interimTakenForReply, exchange({ ...alone, lastWords: words }));
    staysSilent(interimTakenForReply, exchange({ response: { ...behind(hints), readByProgram: false } }));
    staysSilent(interimTakenForReply, exchange({ response: behind(hints), failure: failure('send', ERRORS.reset) }));
  });
});
