import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bootstrapFolder, probeFolder, productVersion } from '../../../src/launch/installation';
import { checkout } from '../../support/checkout';

describe('installation', () => {
  it('finds the probe in the source tree when nothing is built beside it', () => {
    assert.equal(probeFolder(), join(checkout, 'src', 'probe'));
  });

  it('puts only the bootstrap on the path', () => {
    assert.match(readFileSync(join(bootstrapFolder(), 'sitecustomize.py'), 'utf8'), /framewire_probe/);
  });

  it("takes the version from the product's manifest", () => {
    const manifest = JSON.parse(readFileSync(join(checkout, 'package.json'), 'utf8'));
    assert.equal(productVersion(), manifest.version);
  });
});
