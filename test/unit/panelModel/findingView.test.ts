import assert from 'node:assert/strict';
import { useBundle } from '../../../src/base/l10n';
import { redact } from '../../../src/export/redact';
import { callTreeOf } from '../../../src/panelModel/callTree';
import { errorViewsOf, findingViewOf } from '../../../src/panelModel/findingView';
import { Conversation } from '../../support/conversation';
import { REPLY, usePanelCase } from '../../support/panelCase';

describe('a finding in the panel', () => {
  const refused = usePanelCase();

  it('leads with every piece of evidence into the rest', () => {
    const { exchange, masked } = refused.current;
    const { nodes } = callTreeOf(exchange, masked.process, masked.clock);
    const finding = findingViewOf(exchange, nodes, redact);
    assert.match(finding?.title ?? '', /^The server refused the body \(413/);
    const targets = new Map(finding?.evidence.map(({ label, target }) => [label, target]));
    assert.deepEqual(targets.get('reply 413'), {
      kind: 'bytes',
      span: { direction: 'down', start: 0, end: REPLY.length },
    });
    const failed = targets.get('sendall failed');
    const node = failed?.kind === 'node' ? nodes[failed.node] : null;
    assert.equal(node?.kind === 'call' && node.error, 'BrokenPipeError(32)');
    const frame = targets.get('upload.py:14');
    const place = frame?.kind === 'node' ? nodes[frame.node] : null;
    assert.equal(place?.kind === 'frame' && place.initiator, true);
    assert.deepEqual(targets.get('kernel counters'), { kind: 'connection' });
  });

  it('tells whose side it is in the language of the window', () => {
    try {
      useBundle({ server: 'SERVER SEITE' });
      assert.equal(findingViewOf(refused.current.exchange, [], redact)?.side, 'SERVER SEITE');
    } finally {
      useBundle(undefined);
    }
  });

  it('leads to the call at which a stream just ended', async () => {
    const talk = new Conversation();
    talk.connect();
    const scope = talk.scope('urllib.request.OpenerDirector.open', { method: 'GET', url: 'http://h/' });
    talk.send('GET / HTTP/1.1\r\nHost: h\r\n\r\n');
    talk.receive('');
    const error = talk.error({
      type: 'RemoteDisconnected',
      module: 'http.client',
      bases: ['ConnectionResetError', 'OSError'],
    });
    talk.endScope(scope, error);
    talk.close();
    talk.end();
    const exchange = await talk.exchange();
    const { process, clock } = refused.current.masked;
    const { nodes } = callTreeOf(exchange, process, clock);
    const evidence = findingViewOf(exchange, nodes, redact)?.evidence.find(({ label }) =>
      /recv_into failed/.test(label),
    );
    const node = evidence?.target?.kind === 'node' ? nodes[evidence.target.node] : null;
    assert.deepEqual(node?.kind === 'call' && [node.operation, node.error], ['recv_into', null]);
  });

  it('has the exceptions with what they name', () => {
    const [error] = errorViewsOf(refused.current.exchange, redact);
    assert.deepEqual([error?.type, error?.errno], ['BrokenPipeError', 'EPIPE']);
  });
});
