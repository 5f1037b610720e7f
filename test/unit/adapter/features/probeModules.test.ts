import assert from 'node:assert/strict';
import { isProbeModule, withoutProbe } from '../../../../src/adapter/features/probeModules';

describe("the probe's modules", () => {
  it('are known by their name', () => {
    for (const name of ['framewire_probe', 'framewire_probe.scopes']) assert.ok(isProbeModule({ name }), name);
    for (const name of ['framewire', 'framewire_probes', 'http.client']) assert.ok(!isProbeModule({ name }), name);
    assert.ok(!isProbeModule({}));
    assert.ok(!isProbeModule(null));
  });

  it('are taken out of a list, and not counted', () => {
    const [theirs, ours] = [{ name: 'http.client' }, { name: 'framewire_probe.scopes' }];
    assert.deepEqual(withoutProbe({ modules: [theirs, ours], totalModules: 2 }), {
      modules: [theirs],
      totalModules: 1,
    });
    assert.deepEqual(withoutProbe({ modules: [theirs] }), { modules: [theirs] });
    assert.deepEqual(withoutProbe({}), {});
    assert.equal(withoutProbe(undefined), undefined);
  });
});
