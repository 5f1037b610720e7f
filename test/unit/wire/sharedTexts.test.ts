import assert from 'node:assert/strict';
import type { Resolve } from '../../../src/wire/model';
import { SharedTexts } from '../../../src/wire/sharedTexts';

const resolve = (host: string | null, address: string) =>
  ({
    function: 'getaddrinfo',
    host,
    port: '80',
    addresses: [{ family: 'AF_INET', address, port: 80 }],
  }) as unknown as Resolve;

describe('SharedTexts', () => {
  it('gives a resolution the addresses that its name had before, while they are the same', () => {
    const texts = new SharedTexts();
    const first = texts.ofResolve(resolve('h', '127.0.0.1'));
    assert.equal(texts.ofResolve(resolve('h', '127.0.0.1')).addresses, first.addresses);
    const other = texts.ofResolve(resolve('h', '127.0.0.2'));
    assert.deepEqual(other.addresses, resolve('h', '127.0.0.2').addresses);
    assert.deepEqual(texts.ofResolve(resolve(null, '127.0.0.2')), resolve(null, '127.0.0.2'));
  });

  it('changes no text', () => {
    const texts = new SharedTexts();
    const long = 'x'.repeat(5000);
    assert.deepEqual([texts.of('a'), texts.of('a'), texts.of(long)], ['a', 'a', long]);
  });
});
