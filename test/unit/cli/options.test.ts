import assert from 'node:assert/strict';
import { CliError } from '../../../src/cli/errors';
import { parseOptions, parseSize } from '../../../src/cli/options';

describe('parseOptions', () => {
  const run = (...args: string[]) => {
    const { values, rest } = parseOptions('run', args);
    return [Object.fromEntries(values), rest];
  };
  const fails = (args: string[], message: RegExp) =>
    assert.throws(
      () => parseOptions('run', args),
      (error: CliError) => error instanceof CliError && error.exitCode === 64 && message.test(error.message),
    );

  it('leaves the program its own options', () => {
    assert.deepEqual(run('--json', 'asciinema', '--json', '-q'), [{ json: true }, ['asciinema', '--json', '-q']]);
    assert.deepEqual(run('--', '--weird', '--json'), [{}, ['--weird', '--json']]);
    assert.deepEqual(run('--json', '--', 'x', '--', 'y'), [{ json: true }, ['x', '--', 'y']]);
    assert.deepEqual(run('-m', 'package', '--python', 'x'), [{}, ['-m', 'package', '--python', 'x']]);
    assert.deepEqual(run(), [{}, []]);
  });

  it('reads values, and optional ones only behind an equals sign', () => {
    assert.deepEqual(run('--capture', 'dir', '--budget=16M', 'x'), [{ capture: 'dir', budget: '16M' }, ['x']]);
    assert.deepEqual(run('--json=a=b.json', 'x'), [{ json: 'a=b.json' }, ['x']]);
    assert.deepEqual(run('--json', 'x.json'), [{ json: true }, ['x.json']]);
  });

  it('says what is wrong, and what was meant', () => {
    fails(['--jsno', 'x'], /no option --jsno\. Did you mean --json\?/);
    fails(['--rev', 'x'], /Did you mean --reveal\?/);
    fails(['--constructor'], /no option --constructor/);
    fails(['--capture'], /--capture needs a value: --capture DIR/);
    fails(['--capture', '--', 'x'], /needs a value/);
    fails(['--reveal=yes', 'x'], /takes no value/);
  });

  it('finds options of show anywhere', () => {
    const { values, rest } = parseOptions('show', ['capture', '--json'], true);
    assert.deepEqual([[...values.keys()], rest], [['json'], ['capture']]);
    assert.throws(() => parseOptions('show', ['capture', '-x'], true), /no option -x/);
    assert.throws(() => parseOptions('show', ['--python', 'x'], true), /no option --python/);
  });
});

describe('parseSize', () => {
  it('reads powers of 1024', () => {
    assert.deepEqual(
      ['0', '100', '64K', '16m', '1G', '2MiB', '5 kB'].map((text) => parseSize('budget', text)),
      [0, 100, 65_536, 16_777_216, 1_073_741_824, 2_097_152, 5120],
    );
  });

  it('refuses what is no size', () => {
    for (const text of ['', 'much', '-1', '1.5M', '1T'])
      assert.throws(() => parseSize('budget', text), /--budget takes a size/, text);
  });
});
