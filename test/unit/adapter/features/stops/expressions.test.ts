import assert from 'node:assert/strict';
import { Expressions } from '../../../../../src/adapter/features/stops/expressions';
import type { Json } from '../../../../../src/adapter/proxy/message';
import { STOP, scriptedAsk } from './support';

const stopOf = (told: typeof STOP | null) => ({ threadId: 4, told, topFrame: 7, topSource: null });

function expressions(recorded = true, result = '') {
  const { ask, asked } = scriptedAsk({ evaluate: () => ({ result }) });
  return { it: new Expressions(ask, async () => null, recorded), asked };
}

describe('expressions at a stop', () => {
  it('without our names are left to debugpy', () => {
    const { it } = expressions();
    for (const expression of ['1 + 1', '"$reply"', '$other', 5])
      assert.equal(it.evaluate({ expression }, stopOf(STOP)), null);
    assert.equal(it.complete({ text: 'requ', column: 5 }, stopOf(STOP)), null);
    assert.equal(it.complete({ text: '$', column: 2 }, null), null);
  });

  it('take the exception from the frame on top, and from the probe in others', async () => {
    const { it, asked } = expressions();
    await it.evaluate({ expression: '$exception', frameId: 7 }, stopOf(STOP));
    await it.evaluate({ expression: '$exception', frameId: 8 }, stopOf(STOP));
    await it.evaluate({ expression: '$exception', frameId: 8 }, stopOf(null));
    const given = asked.map(([, { expression, frameId }]) => [expression, frameId]);
    assert.deepEqual(given, [
      ['__exception__[1]', 7],
      ["__import__('framewire_probe.stops', fromlist=['stops']).exception_of(4)", 8],
      ['__exception__[1]', 7],
    ]);
  });

  it('are set, too, with our names on either side', async () => {
    const { ask, asked } = scriptedAsk({ setExpression: () => ({ value: '7' }) });
    const it = new Expressions(ask, async () => null, true);
    await it.evaluate({ expression: '$exception.errno', value: '7', frameId: 7 }, stopOf(STOP), 'setExpression');
    await it.evaluate({ expression: 'kept', value: '$exception', frameId: 7 }, stopOf(STOP), 'setExpression');
    assert.equal(
      it.evaluate({ expression: 'a', value: '"$exception"', frameId: 7 }, stopOf(STOP), 'setExpression'),
      null,
    );
    assert.deepEqual(asked, [
      ['setExpression', { expression: '__exception__[1].errno', value: '7', frameId: 7 }],
      ['setExpression', { expression: 'kept', value: '__exception__[1]', frameId: 7 }],
    ]);
  });

  it('know no socket where nothing is recorded', async () => {
    const { it, asked } = expressions(false);
    await it.evaluate({ expression: '$socket', frameId: 7 }, stopOf(STOP));
    assert.equal((asked[0]?.[1] as Json | undefined)?.expression, 'None');
  });

  it('say where the names are known', async () => {
    const answer = await expressions().it.evaluate({ expression: '$reply' }, null);
    assert.equal(answer?.success, false);
    assert.match(answer?.message ?? '', /stopped at an exception/);
  });

  it('complete the line of the cursor', async () => {
    const { it } = expressions(true, "'__class__ args errno'");
    const targets = async (text: string, line: number) => {
      const body = (
        await it.complete({ text, line, column: (text.split('\n')[line - 1] ?? '').length + 1 }, stopOf(STOP))
      )?.body;
      return (body as { targets: { label: string }[] }).targets.map(({ label }) => label);
    };
    assert.deepEqual(await targets('x = 1\n$so', 2), ['$socket']);
    assert.deepEqual(await targets('$exception.', 1), ['args', 'errno']);
    assert.deepEqual(await targets('$exception.__', 1), ['__class__']);
  });

  it('say where a completion belongs as debugpy does: counted from 0', async () => {
    const { it } = expressions(true, "'args errno'");
    const body = async (text: string) => (await it.complete({ text, column: text.length + 1 }, stopOf(STOP)))?.body;
    const socket = { label: '$socket', type: 'variable', start: 0, length: 3 };
    assert.deepEqual(await body('$so'), { targets: [socket] });
    const args = { label: 'args', type: 'property', start: 11, length: 2 };
    assert.deepEqual(await body('$exception.ar'), { targets: [args] });
  });
});
