import assert from 'node:assert/strict';
import { parseJson, type RawRecord } from '../../../src/wire/format';
import type { ErrorChain } from '../../../src/wire/model';
import { ScopeTable } from '../../../src/wire/scopeTable';
import { jsonRecord } from '../../support/captureWriter';

const ERROR = [{ type: 'URLError' }] as unknown as ErrorChain;
const STACK = [{ file: '/app/a.py', line: 5, function: 'main' }];

function table() {
  const records: RawRecord[] = [];
  const scopes = new ScopeTable(
    { stack: (id) => (id === 2 ? STACK : []), error: (id) => (id === 3 ? ERROR : null) },
    (offset) => {
      const found = records.find((one) => one.offset === offset);
      return found ? parseJson(found) : null;
    },
  );
  const take = (type: 'scope' | 'scope-end', at: number, fields: object) => {
    const bytes = jsonRecord(type, at, fields);
    const record = { type: bytes[4] as number, at, bytes, size: bytes.length, offset: 100 * (records.length + 1) };
    records.push(record);
    return type === 'scope' ? scopes.begin(record, parseJson) : scopes.end(record, parseJson) !== null;
  };
  return { scopes, take, records };
}

describe('ScopeTable', () => {
  it('tells a call as its records do, as the recorder writes them or in any other order', () => {
    for (const fields of [
      { id: 7, parent: 6, thread: 1, stack: 2, function: 'open', method: 'GET', url: 'http://h/' },
      { url: 'http://h/', method: 'GET', function: 'open', stack: 2, thread: 1, parent: 6, id: 7 },
    ]) {
      const { scopes, take } = table();
      assert.equal(take('scope', 10, fields), true);
      const scope = scopes.get(7);
      assert.ok(scope);
      assert.deepEqual(
        [scope.id, scope.parent, scope.thread, scope.at, scope.duration, scope.error, scope.stack],
        [7, 6, 1, 10, null, null, STACK],
      );
      assert.deepEqual([scope.function, scope.method, scope.url], ['open', 'GET', 'http://h/']);
      assert.equal(take('scope-end', 20, { error: 3, duration: 55, id: 7 }), true);
      assert.deepEqual([scope.duration, scope.error], [55, ERROR], 'what was given before says so, too');
    }
  });

  it('refuses what has no id, and ends of what never began', () => {
    const { scopes, take } = table();
    assert.equal(take('scope', 1, { parent: 1 }), false);
    assert.equal(take('scope-end', 1, { id: 5, duration: 1, error: null }), false);
    assert.equal(scopes.get(5), undefined);
  });

  it('knows no words when the file has lost them', () => {
    const { scopes, take, records } = table();
    take('scope', 1, { id: 1, parent: null, thread: 1, stack: 2, function: 'open', url: '/x' });
    records.length = 0;
    const scope = scopes.get(1);
    assert.deepEqual([scope?.function, scope?.method, scope?.url, scope?.stack], ['', null, null, STACK]);
  });

  it('holds any number', () => {
    const { scopes, take } = table();
    for (let id = 1; id <= 2000; id += 1) take('scope', id, { id, parent: id - 1 || null, thread: 1, stack: 0 });
    assert.equal(scopes.size, 2000);
    assert.deepEqual([scopes.get(1999)?.parent, scopes.get(1999)?.at], [1998, 1999]);
  });
});
