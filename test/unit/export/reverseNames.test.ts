import assert from 'node:assert/strict';
import { reverseNames } from '../../../src/export/reverseNames';

describe('reverseNames', () => {
  const peers = [
    { address: '192.0.2.1', port: 443 },
    { address: '192.0.2.2', port: 443 },
    { address: '192.0.2.1', port: 80 },
  ];

  it('asks once for each address', async () => {
    const asked: string[] = [];
    const names = await reverseNames(peers, 1000, async (address) => {
      asked.push(address);
      return { hostname: `host-${address}` };
    });
    assert.deepEqual(
      [...names],
      [
        ['192.0.2.1', 'host-192.0.2.1'],
        ['192.0.2.2', 'host-192.0.2.2'],
      ],
    );
    assert.equal(asked.length, 2);
  });

  it('leaves out addresses without a name', async () => {
    const names = await reverseNames(peers, 1000, async (address) => {
      if (address === '192.0.2.2') throw new Error('ENOTFOUND');
      return { hostname: address };
    });
    assert.equal(names.size, 0);
  });

  it('gives what has come when the time is over', async () => {
    const names = await reverseNames(peers, 20, (address) =>
      address === '192.0.2.1' ? Promise.resolve({ hostname: 'quick' }) : new Promise(() => undefined),
    );
    assert.deepEqual([...names], [['192.0.2.1', 'quick']]);
  });

  it('asks this system by default', async () => {
    const names = await reverseNames([{ address: '127.0.0.1', port: 80 }]);
    assert.ok(names.size <= 1);
    for (const name of names.values()) assert.match(name, /^[\w.-]+$/);
  });
});
