import assert from 'node:assert/strict';
import { redact } from '../../../src/export/redact';
import { callTreeOf } from '../../../src/panelModel/callTree';
import { errorViewsOf, findingViewOf } from '../../../src/panelModel/findingView';
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

  it('has the exceptions with what they name', () => {
    const [error] = errorViewsOf(refused.current.exchange, redact);
    assert.deepEqual([error?.type, error?.errno], ['BrokenPipeError', 'EPIPE']);
  });
});
