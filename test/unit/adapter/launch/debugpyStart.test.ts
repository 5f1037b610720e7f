import assert from 'node:assert/strict';
import { DebugpyStart } from '../../../../src/adapter/launch/debugpyStart';
import type { ChosenInterpreter } from '../../../../src/adapter/launch/interpreter';
import type { Backend } from '../../../../src/adapter/proxy/backend';

describe('starting debugpy', () => {
  /** "python package", and "killed …" when it was ended. */
  let story: string[] = [];
  beforeEach(() => {
    story = [];
  });

  const starting = () =>
    new DebugpyStart(
      '/work',
      {},
      ({ python, package: folder }) => {
        const name = `${python} ${folder}`;
        story.push(name);
        return { kill: () => story.push(`killed ${name}`) } as unknown as Backend;
      },
      (python) => ({ version: '1.8.0', package: '/bundled', python, bundled: true }),
    );

  const interpreter = (path: string, version: string, own: string | null): ChosenInterpreter => ({
    path,
    version,
    ownDebugpy: () => Promise.resolve(own === null ? null : { version: own, package: '/own' }),
    options: [],
    unrecorded: null,
  });

  it('takes another one than was expected, and ends that', async () => {
    const debugpy = starting();
    debugpy.expect('/py');
    const backend = await debugpy.of(interpreter('/py', '3.12.1', '99.0.0'));
    assert.deepEqual(story, ['/py /bundled', 'killed /py /bundled', '/py /own']);
    backend.kill();
    assert.equal(story.at(-1), 'killed /py /own');
  });

  it('keeps one at a time while it is not known which interpreter runs', () => {
    const debugpy = starting();
    debugpy.expect('/broken');
    debugpy.expect('/py');
    debugpy.expect('/py');
    assert.deepEqual(story, ['/broken /bundled', 'killed /broken /bundled', '/py /bundled']);
  });

  it('leaves nothing running when it is cancelled, also when it comes to start only then', async () => {
    const debugpy = starting();
    debugpy.expect('/py');
    debugpy.cancel();
    await debugpy.of(interpreter('/py', '3.12.1', '99.0.0'));
    for (const one of ['/py /bundled', '/py /own']) {
      assert.ok(story.indexOf(`killed ${one}`) > story.indexOf(one), story.join(', '));
    }
  });

  it('leaves nothing running when the interpreter cannot be asked', async () => {
    const debugpy = starting();
    debugpy.expect('/py');
    const asked = { ...interpreter('/py', '3.12.1', null), ownDebugpy: () => Promise.reject(new Error('no answer')) };
    await assert.rejects(debugpy.of(asked), /no answer/);
    debugpy.cancel();
    assert.deepEqual(story, ['/py /bundled', 'killed /py /bundled']);
  });
});
