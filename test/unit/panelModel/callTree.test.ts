import assert from 'node:assert/strict';
import { operationsOf } from '../../../src/export/exchangeStreams';
import type { CallNode, FrameNode } from '../../../src/messages/panel';
import { callTreeOf } from '../../../src/panelModel/callTree';
import { BODY_SIZE, HEAD, REPLY, usePanelCase } from '../../support/panelCase';

describe('the call tree', () => {
  const refused = usePanelCase();
  const tree = () => callTreeOf(refused.current.exchange, refused.current.masked.process, refused.current.masked.clock);

  it('has the frames from the outside in, each once', () => {
    const frames = tree().nodes.filter((node): node is FrameNode => node.kind === 'frame');
    assert.deepEqual(
      frames.map(({ place, parent, own, initiator }) => [place.line, parent, own, initiator]),
      [
        [20, -1, true, false],
        [14, 0, true, true],
        [1348, 1, false, false],
        [998, 2, false, false],
      ],
    );
    assert.deepEqual(
      frames.map(({ library }) => library),
      ['upload', 'upload', 'urllib.request', 'http.client'],
    );
  });

  it('has the calls as leaves, in order of time, with what they touched', () => {
    const calls = tree().nodes.filter((node): node is CallNode => node.kind === 'call');
    assert.deepEqual(
      calls.map(({ operation, bytes, error }) => [operation, bytes, error]),
      [
        ['getaddrinfo', null, null],
        ['connect', null, null],
        ['sendall', HEAD.length, null],
        ['sendall', BODY_SIZE, 'BrokenPipeError(32)'],
        ['last words', REPLY.length, null],
      ],
    );
    assert.deepEqual(calls[3]?.ranges, [{ start: HEAD.length, end: HEAD.length + BODY_SIZE }]);
    assert.equal(calls[4]?.lastWords, true);
  });

  it('knows the leaf of every operation', () => {
    const { nodes, leafOf } = tree();
    for (const operation of operationsOf(refused.current.exchange)) {
      const leaf = nodes[leafOf(operation)];
      assert.equal(leaf?.kind === 'call' && leaf.direction, operation.direction);
    }
  });

  it('is made once for each state of an exchange', () => {
    assert.equal(tree(), tree());
  });
});
