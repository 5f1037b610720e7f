import assert from 'node:assert/strict';
import { allEnded, intendedBy, raisedFrom, scopeChain } from '../../../src/decode/scopes';
import type { ErrorChain, Scope } from '../../../src/wire/model';
import type { ProcessModel } from '../../../src/wire/processModel';

const error = (type: string) => [{ type }] as unknown as ErrorChain;
function scope(id: number, parent: number, fields: Partial<Scope> = {}): Scope {
  return {
    id,
    parent,
    thread: 1,
    at: id,
    duration: 5,
    function: `f${id}`,
    method: null,
    url: null,
    error: null,
    stack: [],
    ...fields,
  };
}
const process = (...scopes: Scope[]) =>
  ({ scopes: new Map(scopes.map((one) => [one.id, one])) }) as unknown as ProcessModel;

describe('library calls around an exchange', () => {
  it('are followed outwards, and not for ever', () => {
    const chain = scopeChain(process(scope(1, 0), scope(2, 1), scope(3, 2)), 3);
    assert.deepEqual(
      chain.map(({ id }) => id),
      [3, 2, 1],
    );
    assert.deepEqual(
      scopeChain(process(scope(1, 2), scope(2, 1)), 2).map(({ id }) => id),
      [2, 1],
    );
    assert.deepEqual(scopeChain(process(), 7), []);
    assert.deepEqual(scopeChain(process(scope(1, 0)), 0), []);
  });

  it('tell what was asked for: the nearest whole URL', () => {
    const open = scope(1, 0, { method: 'GET', url: 'http://first/' });
    const redirected = scope(2, 1, { method: 'GET', url: 'http://second/' });
    const request = scope(3, 2, { method: 'GET', url: '/path' });
    assert.deepEqual(intendedBy([request, redirected, open]), { method: 'GET', url: 'http://second/', function: 'f2' });
    assert.deepEqual(intendedBy([request]), { method: 'GET', url: '/path', function: 'f3' });
    assert.deepEqual(intendedBy([scope(4, 0)]), { method: null, url: null, function: 'f4' });
    assert.equal(intendedBy([]), null);
  });

  it('raise what leaves the outermost of them', () => {
    const inner = scope(2, 1, { error: error('BrokenPipeError') });
    const outer = scope(1, 0, { error: error('URLError') });
    assert.equal(raisedFrom([inner, outer], () => true)?.[0].type, 'URLError');
    assert.equal(
      raisedFrom([inner, scope(1, 0)], () => true),
      null,
    );
  });

  it('raise for a retry that was not the last only up to where it was tried again', () => {
    const inner = scope(2, 1, { error: error('BrokenPipeError') });
    const outer = scope(1, 0, { error: error('MaxRetryError') });
    assert.equal(raisedFrom([inner, outer], ({ id }) => id === 2)?.[0].type, 'BrokenPipeError');
    assert.equal(
      raisedFrom([inner, outer], () => false),
      null,
    );
  });

  it('raise nothing while they are running', () => {
    const inner = scope(2, 1, { error: error('BrokenPipeError') });
    const running = scope(1, 0, { duration: null });
    assert.equal(raisedFrom([inner, running], () => true)?.[0].type, 'BrokenPipeError');
    assert.equal(allEnded([inner, running]), false);
    assert.equal(allEnded([inner]), true);
  });
});
