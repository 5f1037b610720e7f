import assert from 'node:assert/strict';
import { resolvesWithin } from '../../../../src/adapter/proxy/time';

describe('resolvesWithin', () => {
  it('gives the value that comes in time', async () => {
    assert.equal(await resolvesWithin(Promise.resolve(3), 10_000), 3);
  });
  it('gives null for a promise that takes too long', async () => {
    assert.equal(await resolvesWithin(new Promise(() => undefined), 1), null);
  });
  it('hands an error on', async () => {
    await assert.rejects(resolvesWithin(Promise.reject(new Error('no')), 10_000), /no/);
  });
});
