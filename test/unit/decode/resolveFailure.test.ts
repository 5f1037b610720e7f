import assert from 'node:assert/strict';
import { failedResolveDraft } from '../../../src/decode/resolveFailure';
import type { ErrorChain, Resolve, Scope } from '../../../src/wire/model';
import type { ProcessModel } from '../../../src/wire/processModel';

describe('a name that could not be resolved', () => {
  it('is an exchange that never had a socket', () => {
    const error = [{ type: 'gaierror' }] as unknown as ErrorChain;
    const stack = [
      { file: '/usr/lib/python3.11/socket.py', line: 1, function: 'f' },
      { file: '/app/a.py', line: 2, function: 'g' },
    ];
    const scope = {
      id: 1,
      parent: 0,
      url: 'https://nope.invalid/x',
      method: 'GET',
      function: 'open',
      duration: 1,
    } as Scope;
    const process = { info: { file: 'p.fwp' }, scopes: new Map([[1, scope]]) } as unknown as ProcessModel;
    const resolve: Resolve = {
      at: 100,
      duration: 20,
      function: 'getaddrinfo',
      host: 'nope.invalid',
      port: '443',
      addresses: [],
      error,
      stack,
      thread: 1,
      scope: 1,
    };
    const { exchange, chains, over } = failedResolveDraft(process, resolve, 4);
    assert.deepEqual(
      [
        exchange.id,
        exchange.socket,
        exchange.scheme,
        exchange.host,
        exchange.port,
        exchange.initiator,
        exchange.endedAt,
      ],
      ['p.fwp/r4/0', null, 'https', 'nope.invalid', 443, 1, 120],
    );
    assert.deepEqual(exchange.failure, {
      error,
      operation: 'getaddrinfo',
      phase: 'resolve',
      at: 100,
      duration: 20,
      frames: stack,
    });
    assert.deepEqual([chains, over, exchange.bytes.handed.value], [[[scope]], true, 0]);
  });
});
