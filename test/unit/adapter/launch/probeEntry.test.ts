import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { probeEntry, probeEnvironmentChanges, rulesWithProbe } from '../../../../src/adapter/launch/probeEntry';
import { bootstrapFolder, probeFolder } from '../../../../src/launch/installation';
import { useTempFolder } from '../../../support/tempFolder';

describe('the way of the probe into the program', () => {
  const temp = useTempFolder();

  it('is an expression that starts it, also when Python ignores its environment', () => {
    const capture = join(temp.path, 'grüße "☃" 𝄞\\n');
    mkdirSync(capture);
    const code = 'import sys; path = list(sys.path); print(eval(sys.argv[1])); assert path == sys.path; print("fine")';
    const twice = (expression: string) => ['-I', '-c', `${code}; ${code}`, expression];
    const env = { ...process.env, FRAMEWIRE_CAPTURE: undefined };
    const said = execFileSync('python3', twice(probeEntry(capture)), { encoding: 'utf8', env });
    assert.equal(said, 'None\nfine\nNone\nfine\n');
    assert.equal(readdirSync(capture).filter((name) => name.endsWith('.fwp')).length, 1);
  });

  it('is ASCII, so that no encoding can hurt it', () => {
    assert.match(probeEntry('/grüße/𝄞'), /^[\x20-\x7e]+$/);
  });

  it('leads through the environment, before what the user has there', () => {
    const settings = { captureFolder: '/c', streamBudget: 5, captureBudget: undefined };
    const startup = bootstrapFolder();
    assert.deepEqual(
      probeEnvironmentChanges({ HOME: '/h', PYTHONPATH: '/inherited' }, { A: '1', HOME: null }, settings),
      {
        A: '1',
        HOME: null,
        PYTHONPATH: `${startup}${delimiter}/inherited`,
        FRAMEWIRE_CAPTURE: '/c',
        FRAMEWIRE_STREAM_BUDGET: '5',
      },
    );
    const own = probeEnvironmentChanges({ PYTHONPATH: '/inherited' }, { PYTHONPATH: '/own' }, settings);
    assert.equal(own.PYTHONPATH, `${startup}${delimiter}/own`);
    const without = probeEnvironmentChanges({ PYTHONPATH: '/inherited' }, { PYTHONPATH: null }, settings);
    assert.equal(without.PYTHONPATH, startup);
  });

  it('takes the settings of an outer recording away', () => {
    const inherited = { FRAMEWIRE_CAPTURE: '/outer', FRAMEWIRE_CAPTURE_BUDGET: '7' };
    const changes = probeEnvironmentChanges(inherited, {}, { captureFolder: '/c' });
    assert.deepEqual([changes.FRAMEWIRE_CAPTURE, changes.FRAMEWIRE_CAPTURE_BUDGET], ['/c', null]);
  });

  it("is kept out of the debugger's stacks, before any rule of the user", () => {
    const theirs = { path: '**', include: true };
    const own = { path: join(probeFolder(), '**'), include: false };
    assert.deepEqual(rulesWithProbe([theirs]), [own, theirs]);
    assert.deepEqual(rulesWithProbe(undefined), [own]);
  });
});
