import assert from 'node:assert/strict';
import { BodyIndex } from '../../../src/decode/bodyIndex';
import type { BodyRecord, Scope } from '../../../src/wire/model';
import type { ProcessModel } from '../../../src/wire/processModel';

const body = (at: number, scope: number, socket: number): BodyRecord => ({
  at,
  scope,
  socket,
  type: `b${at}`,
  size: null,
  storage: 'memory',
  file: null,
  sources: [],
});
const chain = (...ids: number[]) => ids.map((id) => ({ id }) as Scope);

describe('BodyIndex', () => {
  const bodies = [body(10, 1, 0), body(20, 2, 7), body(30, 2, 8), body(40, 0, 7)];
  const index = new BodyIndex({ bodies } as unknown as ProcessModel);
  const find = (ids: number[], socket: number, from: number, to: number) =>
    index.find(chain(...ids), socket, { from, to })?.type;

  it('finds by the nearest library call, for this socket or none yet', () => {
    assert.equal(find([2, 1], 7, 0, 100), 'b20');
    assert.equal(find([2, 1], 9, 0, 100), 'b10');
    assert.equal(find([2, 1], 8, 0, 25), 'b10');
  });

  it('finds by the socket when no call tells', () => {
    assert.equal(find([], 7, 30, 100), 'b40');
    assert.equal(find([99], 7, 0, 35), 'b20');
    assert.equal(find([], 7, 50, 100), undefined);
  });

  it('sees what comes later', () => {
    bodies.push(body(50, 3, 0));
    assert.equal(find([3], 1, 0, 100), 'b50');
  });
});
