import assert from 'node:assert/strict';
import { refusalLost } from '../../../../src/diagnosis/rules/refusalLost';
import { brokenUpload, counters, ERRORS, exchange, failure, response, socket, tls } from '../../../support/exchanges';
import { fires, staysSilent } from '../../../support/rules';

describe('refusal-lost', () => {
  const unread = (bytes: number, at = 2e9) => ({
    socket: socket({ counters: [counters({ unread: bytes, at })] }),
    lastWords: {
      outcome: 'not-recoverable' as const,
      reason: 'The reset had emptied the buffer.',
      bytes: 0,
      alert: null,
    },
  });

  it('says probably, on the evidence of bytes that nobody read', () => {
    const finding = fires(refusalLost, brokenUpload(ERRORS.reset, { ...unread(370), scheme: 'http', tls: null }));
    assert.match(finding.title, /had probably replied, and the reply is lost/);
    assert.match(finding.summary, /370 B .* most likely .*\(the reset had emptied the buffer\)/);
  });

  it('takes nothing for a reply that TLS has looked at', () => {
    const { lastWords, ...socketOf } = unread(370);
    const rest = { ...socketOf, tls: tls() };
    staysSilent(refusalLost, brokenUpload(ERRORS.sslEof, { ...rest, lastWords }));
    staysSilent(
      refusalLost,
      brokenUpload(ERRORS.sslEof, { ...rest, lastWords: { ...lastWords, outcome: 'nothing-unread' } }),
    );
    fires(refusalLost, brokenUpload(ERRORS.sslEof, { ...rest, lastWords: { ...lastWords, outcome: 'not-attempted' } }));
  });

  it('takes a TLS record that did not come whole for a part of a reply', () => {
    const { lastWords, ...socketOf } = unread(615);
    const cut = { ...lastWords, reason: 'A part of a reply had reached this host.', bytes: 105 };
    const finding = fires(refusalLost, brokenUpload(ERRORS.sslEof, { ...socketOf, tls: tls(), lastWords: cut }));
    assert.match(finding.summary, /^105 B .*\(a part of a reply had reached this host\)/);
  });

  it('stays silent without that evidence, with a reply, and for bytes of an earlier exchange', () => {
    staysSilent(refusalLost, brokenUpload(ERRORS.reset, { ...unread(0), tls: null }));
    staysSilent(
      refusalLost,
      brokenUpload(ERRORS.reset, { ...unread(370), tls: null, response: response(413, 'x', { readByProgram: false }) }),
    );
    staysSilent(refusalLost, brokenUpload(ERRORS.reset, { ...unread(370, 1), tls: null, beganAt: 1e9 }));
    staysSilent(refusalLost, brokenUpload(ERRORS.timeout, { ...unread(370), tls: null }));
    staysSilent(refusalLost, exchange({ ...unread(370), response: null, failure: failure('receive', ERRORS.reset) }));
  });
});
