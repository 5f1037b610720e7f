import assert from 'node:assert/strict';
import { ExceptionView } from '../../../../../src/adapter/features/stops/exceptionView';
import { BROKEN, STOP, scriptedAsk } from './support';

const stopOf = (told: typeof STOP | null) => ({ threadId: 4, told, topFrame: 7, topSource: null });
const nothing = async () => null;
const PROBES = '  File "/ext/framewire_probe/sending.py", line 60, in send\n    result = original()\n';

describe('the view of an exception', () => {
  it("adds the chain to debugpy's own stops and leaves their words", async () => {
    const { ask } = scriptedAsk({
      exceptionInfo: () => ({
        exceptionId: 'E',
        description: 'theirs',
        details: { message: 'm', stackTrace: `${PROBES}s` },
      }),
      evaluate: () => ({
        result: `'${JSON.stringify([{ type: 'E' }, { ...BROKEN, relation: 'cause', of: 0 }]).replace(/'/g, "\\'")}'`,
      }),
    });
    const { body } = await new ExceptionView(ask, nothing).info({ threadId: 4 }, stopOf(null));
    const { description, details } = body as { description: string; details: Record<string, unknown> };
    assert.deepEqual([description, details.message, details.stackTrace], ['theirs', 'm', 's']);
    assert.equal((details.innerException as { typeName: string }[])[0]?.typeName, 'BrokenPipeError');
  });

  it('takes the chain that came with the stop', async () => {
    const { ask } = scriptedAsk({
      exceptionInfo: () => ({ exceptionId: 'BrokenPipeError' }),
      evaluate: () => new Error('NameError'),
    });
    const { body } = await new ExceptionView(ask, nothing).info({ threadId: 4 }, stopOf(STOP));
    const { description, details } = body as { description: string; details: Record<string, unknown> };
    assert.ok(description.startsWith(STOP.text));
    assert.equal(details.message, BROKEN.message);
  });

  it('describes stops without an exception without asking debugpy', async () => {
    const { ask, asked } = scriptedAsk({});
    const told = { ...STOP, exception: null, breakpoint: 'wire.requestSent', text: 'Sending' };
    const { body } = await new ExceptionView(ask, nothing).info({ threadId: 4 }, stopOf(told));
    assert.equal((body as { exceptionId: string }).exceptionId, 'Request Sent');
    assert.deepEqual(asked, []);
  });

  it('passes on what debugpy answers where there is no such stop, and when it fails', async () => {
    const { ask } = scriptedAsk({ exceptionInfo: () => new Error('not stopped') });
    const view = new ExceptionView(ask, nothing);
    assert.equal((await view.info({ threadId: 4 }, null)).success, false);
    assert.equal((await view.info({ threadId: 4 }, stopOf(STOP))).message, 'not stopped');
  });

  it('is a scope of the exception, what it names and its attributes', async () => {
    const { ask } = scriptedAsk({
      evaluate: ({ expression }) => {
        const named = String(expression).includes('__cause__');
        const whole = expression === '__exception__[1]';
        return { result: whole ? 'E()' : named ? 'C()' : 'None', variablesReference: whole ? 5 : named ? 6 : 0 };
      },
      variables: ({ variablesReference }) => ({ variables: variablesReference === 5 ? [{ name: 'args' }] : [] }),
    });
    const variables = await new ExceptionView(ask, nothing).variables(stopOf(STOP));
    assert.deepEqual(
      variables.map(({ name, variablesReference }) => [name, variablesReference]),
      [
        ['$exception', 5],
        ['cause', 6],
        ['args', undefined],
      ],
    );
  });

  it('says when the exception is gone', async () => {
    const { ask } = scriptedAsk({ evaluate: () => new Error('gone') });
    await assert.rejects(new ExceptionView(ask, nothing).variables(stopOf(STOP)), /not there any more/);
  });
});
