import assert from 'node:assert/strict';
import type { CallNode, FrameNode, TreeNode } from '../../../src/messages/panel';
import { FrameTree } from '../../../webviews/wire/frameTree';

const frame = (id: number, parent: number, own: boolean): FrameNode => ({
  kind: 'frame',
  id,
  parent,
  place: { file: own ? '/home/user/app.py' : '/usr/lib/python3.11/http/client.py', line: id, function: `f${id}` },
  library: own ? 'app' : 'http.client',
  own,
  initiator: false,
});
const call = (id: number, parent: number, changes: Partial<CallNode> = {}): CallNode => ({
  kind: 'call',
  id,
  parent,
  operation: 'sendall',
  direction: 'up',
  calls: 1,
  bytes: 10,
  ranges: [{ start: id * 10, end: id * 10 + 10 }],
  began: id,
  duration: 1,
  detail: null,
  error: null,
  lastWords: false,
  pending: false,
  ...changes,
});
/** main → two library frames → a send; back into the user's code → library → a receive. */
const NODES: readonly TreeNode[] = [
  frame(0, -1, true),
  frame(1, 0, false),
  frame(2, 1, false),
  call(3, 2),
  frame(4, 1, true),
  frame(5, 4, false),
  call(6, 5, { direction: 'down', operation: 'recv' }),
];

const drawn = (tree: FrameTree): string[] =>
  tree.lines.map((line) => {
    const what = line.kind === 'fold' ? `${line.open ? '-' : '+'}${line.frames.length}` : `${line.node.id}`;
    return `${' '.repeat(line.depth)}${what}`;
  });

describe('FrameTree', () => {
  it('folds runs of library frames, and keeps what they led to', () => {
    assert.deepEqual(drawn(new FrameTree(NODES)), ['0', ' +2', '  3', '  4', '   +1', '    6']);
  });

  it('unfolds and folds', () => {
    const tree = new FrameTree(NODES);
    tree.toggle(1);
    assert.deepEqual(drawn(tree), ['0', ' -2', '  1', '   2', '    3', '   4', '    +1', '     6']);
    const grown = new FrameTree([...NODES, call(7, 2)]);
    grown.takeOpenFrom(tree);
    assert.ok(drawn(grown).includes(' -2'), 'what was open stays open when the tree grows');
    tree.toggle(1);
    assert.equal(drawn(tree)[1], ' +2');
  });

  it('knows everything that a frame touched', () => {
    const tree = new FrameTree(NODES);
    assert.deepEqual(tree.spansOf(0), { up: [{ start: 30, end: 40 }], down: [{ start: 60, end: 70 }] });
    assert.deepEqual(tree.spansOf(4).up, []);
  });

  it('finds the call of a byte, the program’s own first', () => {
    const last = call(7, 4, { direction: 'down', lastWords: true, ranges: [{ start: 60, end: 80 }] });
    const tree = new FrameTree([...NODES, last]);
    assert.equal(tree.callAt('up', 39)?.id, 3);
    assert.equal(tree.callAt('up', 40), null);
    assert.equal(tree.callAt('down', 65)?.id, 6);
    assert.equal(tree.callAt('down', 75)?.id, 7);
  });

  it('leads from a call to its callers and to the user’s own line', () => {
    const tree = new FrameTree(NODES);
    assert.deepEqual(
      tree.pathOf(6).map(({ id }) => id),
      [6, 5, 4, 1, 0],
    );
    assert.equal(tree.ownFrameOf(6)?.id, 4);
    assert.equal(tree.ownFrameOf(3)?.id, 0);
  });

  it('finds the line of a node, also where a fold hides it', () => {
    const tree = new FrameTree(NODES);
    const { lines } = tree;
    assert.equal(tree.lineOf(3, lines), 2);
    assert.equal(tree.lineOf(2, lines), 1);
    assert.equal(tree.lineOf(99, lines), -1);
  });

  it('is empty without nodes', () => {
    assert.deepEqual(new FrameTree([]).lines, []);
  });
});
