import assert from 'node:assert/strict';
import { stoppedException } from '../../../../../src/adapter/features/stops/stoppedException';
import { BROKEN, refusedExchange, STOP, scriptedAsk } from './support';

const stopOf = (told: typeof STOP | null) => ({ threadId: 4, told, topFrame: 7, topSource: null });
const stackTrace = () => ({
  stackFrames: [
    { id: 1, name: 'send', line: 9, source: { path: '/usr/lib/python3.11/http/client.py' } },
    { id: 2, name: 'upload', line: 3, source: { path: '/home/user/upload.py' } },
    { id: 3, name: '<module>', line: 1 },
  ],
});

describe('the exception of a stop', () => {
  it('stands on the whole stack, and names its exchange', async () => {
    const { ask } = scriptedAsk({ stackTrace });
    const { exchange, remove } = await refusedExchange();
    const inner = [{ file: '/home/user/upload.py', line: 8, function: 'inner' }];
    const chain = [BROKEN, { type: 'KeyError', module: 'builtins', relation: 'context', of: 0, frames: inner }];
    const told = await stoppedException(ask, stopOf(STOP), chain, exchange);
    remove();
    assert.deepEqual([told?.fate, told?.where, told?.exchange], ['stopped', 'send', exchange.id]);
    assert.deepEqual(
      told?.chain.map(({ name, expression, frames }) => [name, expression, frames.map((frame) => frame.function)]),
      [
        ['BrokenPipeError', '$exception', ['send', 'upload', '<module>']],
        ['KeyError', '$exception.__context__', ['inner']],
      ],
    );
    assert.deepEqual(
      told?.chain[0]?.frames.map(({ own }) => own),
      [false, true, false],
    );
  });

  it('comes from what was told with the stop where the program cannot be asked', async () => {
    const { ask, asked } = scriptedAsk({ stackTrace });
    const told = await stoppedException(ask, stopOf(STOP), null, null);
    assert.equal(told?.chain[0]?.errno?.name, 'EPIPE');
    assert.deepEqual(
      asked.map(([command]) => command),
      ['stackTrace'],
    );
  });

  it("is the debugger's word where there is no probe", async () => {
    const exceptionInfo = () => ({ exceptionId: 'Failed', details: { typeName: 'app.Failed', message: 'no' } });
    const { ask } = scriptedAsk({ stackTrace, exceptionInfo });
    const told = await stoppedException(ask, stopOf(null), null, null);
    assert.deepEqual([told?.chain[0]?.type, told?.chain[0]?.message, told?.where], ['app.Failed', 'no', null]);
  });

  it('is none at a stop for something else', async () => {
    const { ask, asked } = scriptedAsk({});
    assert.equal(await stoppedException(ask, stopOf({ ...STOP, exception: null }), null, null), null);
    assert.equal(await stoppedException(ask, stopOf(null), null, null), null, 'the debugger knows of none either');
    assert.equal(asked.filter(([command]) => command === 'stackTrace').length, 0);
  });
});
