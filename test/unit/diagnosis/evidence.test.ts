import assert from 'node:assert/strict';
import * as evidence from '../../../src/diagnosis/evidence';
import {
  attempt,
  brokenUpload,
  connect,
  count,
  counters,
  ERRORS,
  exchange,
  resolve,
  response,
  socket,
  tls,
  urlError,
} from '../../support/exchanges';

describe('evidence', () => {
  const texts = (list: readonly { text: string }[]) => list.map(({ text }) => text);

  it('leads to the bytes of the reply, in the layer that they can be read in', () => {
    const plain = evidence.replyEvidence(exchange(), response(413, 'Too Large', { early: true, readByProgram: false }));
    assert.deepEqual(plain.kind === 'reply' && plain.range, { direction: 'down', layer: 'wire', start: 0, end: 350 });
    assert.match(plain.text, /reply 413 Too Large, 350 B, never read by the program, before/);
    const inside = evidence.replyEvidence(exchange({ tls: tls() }), response(200, 'OK'));
    assert.equal(inside.kind === 'reply' && inside.range.layer, 'tls');
  });

  it('names each count, and marks what was computed or is a lower bound', () => {
    const bytes = {
      handed: count(10),
      accepted: count(7, { derived: true }),
      acknowledged: count(5, { atLeast: true }),
    };
    assert.deepEqual(texts(evidence.sentEvidence(exchange({ bytes }))), [
      'request: 10 B handed, ≈ 7 B accepted, at least 5 B acknowledged',
    ]);
    const unknown = { handed: count(null), accepted: count(null), acknowledged: count(null) };
    assert.deepEqual(evidence.sentEvidence(exchange({ bytes: unknown })), []);
    assert.deepEqual(evidence.sentEvidence(attempt({})), []);
  });

  it('tells the failing call, and what the program got in its place', () => {
    assert.deepEqual(texts(evidence.failureEvidence(brokenUpload(ERRORS.reset))), [
      'ConnectionResetError(104) in sendall',
      'raised to the program as URLError: <urlopen error [Errno 104] Connection reset by peer>',
    ]);
    assert.equal(evidence.failureEvidence(brokenUpload(ERRORS.reset, { raised: [ERRORS.reset] })).length, 1);
    assert.deepEqual(texts(evidence.failureEvidence(exchange({ raised: urlError(ERRORS.timeout) }))).length, 1);
  });

  it('tells every attempt to connect and what the name led to', () => {
    const failed = connect({ address: '2001:db8::7', result: 'failed', error: [ERRORS.refused] });
    assert.deepEqual(texts(evidence.connectEvidence(exchange({ connects: [failed, connect()] }))), [
      'connect to [2001:db8::7]:8080: ConnectionRefusedError(111) after 1.0 ms',
      'connect to 192.0.2.7:8080: connected after 1.0 ms',
    ]);
    assert.deepEqual(texts(evidence.resolveEvidence(exchange())), [
      'getaddrinfo asked for api.example: 192.0.2.7 after 2.0 ms',
    ]);
    assert.match(
      evidence.resolveEvidence(exchange({ resolve: resolve({ addresses: [] }) }))[0]?.text ?? '',
      /no address/,
    );
    assert.deepEqual(evidence.resolveEvidence(exchange({ resolve: null })), []);
  });

  it('gives the kernel’s figures, those that it has', () => {
    const last = counters({ accepted: 5000, acknowledged: null, unread: 370, received: null, retransmits: 2 });
    const [found] = evidence.countersEvidence(exchange({ socket: socket({ counters: [counters(), last] }) }));
    assert.equal(found?.text, 'kernel, whole connection: state CLOSE, 5,000 B accepted, 370 B unread, 2 retransmits');
    assert.deepEqual(evidence.countersEvidence(exchange({ socket: null })), []);
  });

  it('shows the certificate, the line that began it, and what became of the reply', () => {
    assert.match(
      texts(evidence.certificateEvidence(exchange({ tls: tls() })))[0] ?? '',
      /CN=api\.example, for api\.example and www\.example, issued by CN=Example CA, valid 2026-01-01 to 2026-06-01/,
    );
    assert.deepEqual(texts(evidence.initiatorEvidence(exchange())), ['started in upload, /home/user/upload.py:14']);
    assert.deepEqual(evidence.initiatorEvidence(exchange({ initiator: -1 })), []);
    const lost = {
      outcome: 'not-recoverable' as const,
      reason: 'The peer reset the connection.',
      bytes: 0,
      alert: null,
    };
    assert.deepEqual(texts(evidence.lastWordsEvidence(exchange({ lastWords: lost }))), [
      'what was left to read could not be recovered (the peer reset the connection)',
    ]);
    assert.deepEqual(evidence.lastWordsEvidence(exchange({ lastWords: { ...lost, outcome: 'not-attempted' } })), []);
  });
});
