import assert from 'node:assert/strict';
import { CaptureSockets, PAGE, rowsOf } from '../../../../src/extension/sidebar/captureSockets';
import type { ProcessSummary, SocketSummary } from '../../../../src/messages/dapSockets';

const process = (changes: Partial<ProcessSummary> = {}): ProcessSummary => ({
  id: 'p',
  pid: 1,
  parent: null,
  command: ['python'],
  python: null,
  running: true,
  sockets: 1,
  ...changes,
});
const socket = (id: number, state: SocketSummary['state'] = 'connected'): SocketSummary =>
  ({ id: `p/${id}`, process: 'p', state }) as SocketSummary;

describe('the connections of a capture', () => {
  it('stay the same objects while they change, and only what is new concerns its process', () => {
    const capture = new CaptureSockets('/c');
    assert.equal(capture.update({ processes: [process()], sockets: [socket(1)] }).added, true);
    const first = capture.find('p/1');
    const changed = capture.update({ processes: [], sockets: [socket(1, 'failed')] });
    assert.deepEqual([changed.added, changed.processes.size, [...changed.sockets]], [false, 0, [first]]);
    assert.equal(first?.summary.state, 'failed');
    const more = capture.update({ processes: [], sockets: [socket(2)] });
    assert.deepEqual([more.processes.size, more.sockets.size], [1, 0]);
    assert.equal(capture.find('p/9'), null);
    assert.equal(capture.update({ processes: [], sockets: [{ ...socket(3), process: 'q' }] }).processes.size, 0);
  });

  it('are shown from the latest on, and further back step by step', () => {
    const capture = new CaptureSockets('/c');
    const sockets = Array.from({ length: 5000 }, (_, index) => socket(index));
    capture.update({ processes: [process()], sockets });
    const node = capture.processes.get('p');
    assert.ok(node);
    assert.deepEqual([rowsOf(node).rows.length, rowsOf(node).earlier], [PAGE, 5000 - PAGE]);
    assert.equal(rowsOf(node).rows.at(-1)?.summary.id, 'p/4999');
    node.shown += PAGE;
    assert.equal(rowsOf(node).rows.length, 2 * PAGE);
  });

  it('do not fill the memory', () => {
    const capture = new CaptureSockets('/c');
    for (let from = 0; from < 30_000; from += 100) {
      const sockets = Array.from({ length: 100 }, (_, index) => socket(from + index));
      capture.update({ processes: [process()], sockets });
    }
    assert.equal(capture.processes.get('p')?.sockets.size, 10_000);
    assert.equal(capture.find('p/0'), null);
  });

  it('are closed with a session that ends without a word of them', () => {
    const capture = new CaptureSockets('/c');
    capture.update({ processes: [process()], sockets: [socket(1), socket(2, 'failed'), socket(3, 'connecting')] });
    capture.end();
    assert.deepEqual(
      ['p/1', 'p/2', 'p/3'].map((id) => capture.find(id)?.summary.state),
      ['closed', 'failed', 'closed'],
    );
    assert.equal(capture.processes.get('p')?.summary.running, false);
  });
});
