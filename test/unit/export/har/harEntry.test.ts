import assert from 'node:assert/strict';
import { harEntry, isHttp } from '../../../../src/export/har/harEntry';
import { redact, reveal } from '../../../../src/export/redact';
import { attempt, ERRORS, exchange, failure } from '../../../support/exchanges';
import { harEntries } from '../../../support/har';
import { REPLY, REPLY_BODY, usePanelCase } from '../../../support/panelCase';

describe('an entry of a HAR file', () => {
  const refused = usePanelCase();

  it('has everything of the upload that was refused: counts, error, the reply never read, and no secret', async () => {
    const [entry] = await harEntries(refused.current.conversation.folder.path);
    assert.ok(entry);
    assert.equal(entry.request.url, 'http://example.org/upload?token=•••&part=1');
    assert.deepEqual(entry.request.queryString, [
      { name: 'token', value: '•••' },
      { name: 'part', value: '1' },
    ]);
    assert.equal(entry.request.postData?.params?.[0]?.fileName, 'demo.cast');
    assert.deepEqual(
      [entry.response.status, entry.response._readByProgram, entry.response._early, entry.response._error],
      [413, false, true, 'BrokenPipeError(32) in sendall'],
    );
    assert.match(entry.comment ?? '', /never read this reply/);
    assert.equal(entry.response._transferSize, REPLY.length);
    assert.equal(entry._bytes.accepted.value, refused.current.exchange.bytes.accepted.value);
    assert.deepEqual([entry._finding?.id, entry._finding?.severity], ['refused-early', 'error']);
    assert.deepEqual([entry.serverIPAddress, entry.connection], ['127.0.0.1', '80']);
    assert.equal(entry._initiator.url, 'file:///home/user/upload.py');
    assert.doesNotMatch(JSON.stringify(entry), /s3cr3t|dXNlcjpwYXNz|hunter2/);
  });

  it('leaves secrets in when told to', async () => {
    const [entry] = await harEntries(refused.current.conversation.folder.path, { revealed: true });
    assert.equal(entry?.response.content.text, REPLY_BODY);
    assert.match(entry?.request.url ?? '', /s3cr3t/);
  });

  it('tells of attempts that got no further, as a browser does: status 0 and the error', async () => {
    const refusedConnection = attempt({ failure: failure('connect', ERRORS.refused) });
    const entry = await harEntry(refusedConnection, null, { redactor: redact, maxBody: 10 });
    assert.deepEqual([entry.request.method, entry.request.url], ['POST', 'http://api.example:8080/upload']);
    assert.match(entry.request.comment ?? '', /No request was sent/);
    assert.deepEqual([entry.response.status, entry.response._error], [0, 'ConnectionRefusedError(111) in connect']);
  });

  it('has no address where there is only a path, and no fragment in its URL', async () => {
    const local = exchange({ peer: { address: '/run/a.sock', port: 0 }, intended: null, request: null, connects: [] });
    const entry = await harEntry(local, null, { redactor: reveal, maxBody: 10 });
    assert.deepEqual([entry.serverIPAddress, entry.connection], [undefined, undefined]);
  });

  it('is for HTTP only', () => {
    assert.ok(isHttp(exchange()) && isHttp(attempt({})));
    assert.ok(!isHttp(attempt({ intended: null })));
  });
});
