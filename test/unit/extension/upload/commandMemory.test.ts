import assert from 'node:assert/strict';
import { type Choice, CommandMemory } from '../../../../src/extension/upload/commandMemory';

/** What a workspace keeps goes through JSON. */
class State {
  readonly #values = new Map<string, string>();
  get<T>(key: string, otherwise?: T): T {
    const known = this.#values.get(key);
    return known === undefined ? (otherwise as T) : JSON.parse(known);
  }
  async update(key: string, value: unknown): Promise<void> {
    this.#values.set(key, JSON.stringify(value));
  }
}

const command = (line: string, name = 'tool'): Choice => ({ kind: 'command', line, attributes: { command: name } });
const launch = (name: string): Choice => ({ kind: 'launch', name, folder: 'file:///w' });

describe('the memory of commands', () => {
  const memory = () => new CommandMemory(new State());

  it('has the latest first, each once, and not too many', async () => {
    const known = memory();
    for (const choice of [command('a'), launch('L'), command('b'), command('a')]) await known.remember(choice, null);
    assert.deepEqual(known.recent, [command('a'), command('b'), launch('L')]);
    for (let index = 0; index < 30; index += 1) await known.remember(command(String(index)), null);
    assert.equal(known.recent.length, 10);
    assert.deepEqual(known.recent[0], command('29'));
  });

  it('knows what goes with a library', async () => {
    const known = memory();
    await known.remember(command('a'), '/lib/one');
    await known.remember(launch('L'), '/lib/two');
    await known.remember(command('b'), null);
    assert.deepEqual(known.ofLibrary('/lib/one'), command('a'));
    assert.deepEqual(known.ofLibrary('/lib/two'), launch('L'));
    assert.equal(known.ofLibrary('/lib/three'), null);
  });

  it('knows the arguments that a command had last', async () => {
    const known = memory();
    await known.remember(command('tool old'), null);
    await known.remember(command('tool new'), null);
    await known.remember(command('other x', 'other'), null);
    assert.equal(known.lineOf('tool'), 'tool new');
    assert.equal(known.lineOf('nothing'), null);
  });
});
