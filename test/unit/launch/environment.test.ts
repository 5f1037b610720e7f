import assert from 'node:assert/strict';
import { delimiter } from 'node:path';
import { plainEnvironment, probeEnvironment } from '../../../src/launch/environment';
import { bootstrapFolder } from '../../../src/launch/installation';

describe('probeEnvironment', () => {
  it('leads the PYTHONPATH and keeps the one that was there behind it', () => {
    const env = probeEnvironment({ PYTHONPATH: '/mine', HOME: '/h' }, { captureFolder: '/c' });
    assert.equal(env.PYTHONPATH, [bootstrapFolder(), '/mine'].join(delimiter));
    assert.equal(env.FRAMEWIRE_CAPTURE, '/c');
    assert.equal(env.HOME, '/h');
  });

  it('adds no empty entry, which would mean the working folder', () => {
    for (const PYTHONPATH of [undefined, '']) {
      assert.equal(probeEnvironment({ PYTHONPATH }, { captureFolder: '/c' }).PYTHONPATH, bootstrapFolder());
    }
  });

  it('passes budgets in bytes, and none that were not given', () => {
    const env = probeEnvironment({}, { captureFolder: '/c', streamBudget: 0, captureBudget: 1024 });
    assert.equal(env.FRAMEWIRE_STREAM_BUDGET, '0');
    assert.equal(env.FRAMEWIRE_CAPTURE_BUDGET, '1024');
    assert.ok(!('FRAMEWIRE_STREAM_BUDGET' in probeEnvironment({}, { captureFolder: '/c' })));
  });

  it('replaces the settings of a recording that it runs inside of', () => {
    const outer = probeEnvironment({ PYTHONPATH: '/mine' }, { captureFolder: '/outer', streamBudget: 5 });
    const inner = probeEnvironment(outer, { captureFolder: '/inner' });
    assert.equal(inner.FRAMEWIRE_CAPTURE, '/inner');
    assert.equal(inner.PYTHONPATH, [bootstrapFolder(), '/mine'].join(delimiter));
    assert.ok(!('FRAMEWIRE_STREAM_BUDGET' in inner));
  });
});

describe('plainEnvironment', () => {
  it('is the environment from before probeEnvironment', () => {
    for (const base of [{ HOME: '/h', PYTHONPATH: '/mine' }, { HOME: '/h' }]) {
      assert.deepEqual(plainEnvironment(probeEnvironment(base, { captureFolder: '/c' })), base);
    }
  });
});
