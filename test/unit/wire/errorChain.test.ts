import assert from 'node:assert/strict';
import { isTimeout, isWouldBlock, parseErrorChain } from '../../../src/wire/errorChain';
import type { ErrorChain } from '../../../src/wire/model';
import { StackTable } from '../../../src/wire/stackTable';

const stacks = new StackTable();
stacks.addCode(1, '/app/upload.py', 'main');
const parse = (chain: unknown) => parseErrorChain({ chain }, stacks);

describe('error chains', () => {
  it('keeps the exception, what it names, and their frames', () => {
    const chain = parse([
      {
        type: 'URLError',
        module: 'urllib.error',
        bases: ['OSError', 'Exception'],
        args: ['<BrokenPipeError>'],
        frames: [{ code: 1, line: 7 }],
      },
      { type: 'BrokenPipeError', module: 'builtins', errno: 32, errnoName: 'EPIPE', relation: 'reason', of: 0 },
    ]);
    assert.equal(chain?.length, 2);
    assert.deepEqual(chain?.[0].frames, [{ file: '/app/upload.py', line: 7, function: 'main' }]);
    assert.deepEqual([chain?.[1]?.relation, chain?.[1]?.of, chain?.[1]?.errno], ['reason', 0, 32]);
  });

  it('makes something of whatever a record holds', () => {
    assert.equal(parse([]), null);
    assert.equal(parse('none'), null);
    const chain = parse([7, { type: 3, args: [1, 'x'], relation: 'friend', of: -1, frames: [{ code: 9 }, null] }]);
    assert.deepEqual(chain?.[0].type, 'Exception');
    assert.deepEqual(
      [chain?.[1]?.args, chain?.[1]?.relation, chain?.[1]?.of, chain?.[1]?.frames],
      [['x'], null, null, []],
    );
    assert.equal(parse(new Array(1000).fill({}))?.length, 16);
  });

  it('tells "not now" and "too late" from failures', () => {
    const named = (type: string, ...bases: string[]) => parse([{ type, bases }]) as ErrorChain;
    assert.equal(isWouldBlock(named('BlockingIOError', 'OSError')), true);
    assert.equal(isWouldBlock(named('SSLWantWriteError', 'SSLError', 'OSError')), true);
    assert.equal(isWouldBlock(named('ConnectionResetError', 'OSError')), false);
    assert.equal(isWouldBlock(null), false);
    assert.equal(isTimeout(named('TimeoutError', 'OSError')), true);
    assert.equal(isTimeout(named('timeout', 'OSError')), true); // socket.timeout before Python 3.10
    assert.equal(isTimeout(named('BrokenPipeError', 'OSError')), false);
  });
});
