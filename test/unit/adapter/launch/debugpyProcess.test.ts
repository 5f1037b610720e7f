import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { spawnDebugpy } from '../../../../src/adapter/launch/debugpyProcess';
import { useTempFolder } from '../../../support/tempFolder';

describe("the process of debugpy's adapter", () => {
  const temp = useTempFolder();
  /** A package whose adapter runs this code. */
  const spawned = (code: string, python = 'python3') => {
    const folder = join(temp.path, 'debugpy');
    mkdirSync(join(folder, 'adapter'), { recursive: true });
    writeFileSync(join(folder, 'adapter', '__main__.py'), code);
    const backend = spawnDebugpy({ python, package: folder, cwd: temp.path, env: process.env });
    const events: string[] = [];
    backend.connection.start({
      onMessage: (message) => message.type === 'event' && events.push(message.event),
      onMalformed: (problem) => events.push(problem),
      onClosed: () => undefined,
    });
    return { backend, events };
  };

  it('is spoken with over its standard streams, and ends with its exit code', async () => {
    const { backend, events } = spawned(
      'import sys; body = \'{"seq": 1, "type": "event", "event": "hello"}\'; sys.stdout.write("Content-Length: %d\\r\\n\\r\\n%s" % (len(body), body)); sys.stdout.flush(); sys.exit(3)',
    );
    assert.deepEqual(await backend.ended, { how: 'exited with code 3', said: '' });
    assert.deepEqual(events, ['hello']);
  });

  it('leaves its last words', async () => {
    const { backend } = spawned('import sys; sys.exit("x" * 9000 + " the end")');
    const { how, said } = await backend.ended;
    assert.equal(how, 'exited with code 1');
    assert.match(said, /x the end$/);
    assert.ok(said.length <= 4096);
  });

  it('can be ended', async () => {
    const { backend } = spawned('import sys; sys.stdin.read()');
    backend.kill();
    backend.kill();
    assert.equal((await backend.ended).how, 'was ended by SIGKILL');
  });

  it('may not come up at all', async () => {
    const { backend } = spawned('', '/nowhere/python');
    assert.match((await backend.ended).how, /could not be started.*ENOENT/);
  });
});
