import assert from 'node:assert/strict';
import { Resolves } from '../../../src/decode/resolves';
import type { Connect, Resolve } from '../../../src/wire/model';
import type { ProcessModel } from '../../../src/wire/processModel';

let clock = 0;
const resolve = (fields: Partial<Resolve>): Resolve => {
  clock += 10;
  const defaults = { at: clock, thread: 1, scope: 0, function: 'getaddrinfo', host: 'h', addresses: [], error: null };
  return { ...defaults, ...fields } as unknown as Resolve;
};
const error = [{ type: 'gaierror' }] as unknown as Resolve['error'];
const addresses = [{ family: 'AF_INET', address: 'a', port: 80 }];
const indexed = (...resolves: Resolve[]) => {
  const made = new Resolves({ resolves } as unknown as ProcessModel);
  made.update();
  return made;
};
const connect = (fields: Partial<Connect>) => ({ host: 'h', address: 'a', ...fields }) as Connect;

describe('Resolves', () => {
  it('knows the resolution that gave an address, the last one before the connect', () => {
    const found = indexed(resolve({ addresses, host: 'other' }), resolve({ addresses }));
    const at = clock + 5;
    assert.equal(found.indexFor(connect({ at }), 2), 1);
    assert.equal(found.indexFor(connect({ at }), 1), -1);
    assert.equal(found.indexFor(connect({ at, host: null }), 2), 1);
    assert.equal(found.indexFor(connect({ at, host: 'other' }), 2), 0);
    assert.equal(found.indexFor(connect({ at, address: 'z' }), 2), -1);
    assert.equal(found.indexFor(connect({ at: 0 }), 2), -1);
  });

  it('finds it among any number of later ones', () => {
    const first = resolve({ addresses });
    const found = indexed(first, ...Array.from({ length: 2000 }, () => resolve({ addresses })));
    assert.equal(found.indexFor(connect({ at: first.at + 1 }), 2001), 0);
  });

  it('tells failures that keep the program from a server and were not made good', () => {
    const found = indexed(
      resolve({ error, scope: 5 }),
      resolve({ scope: 5 }),
      resolve({ error, function: 'gethostbyaddr' }),
      resolve({ error, host: 'gone' }),
      resolve({}),
    );
    assert.deepEqual(
      found.failed.map(({ index }) => index),
      [3],
    );
    found.forget(found.failed);
    assert.deepEqual(found.failed, []);
  });
});
