import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defaultSettings, readSettings, SECTION } from '../../../src/languageServer/settings';
import { checkout } from '../../support/checkout';

describe('settings', () => {
  it('are all on by default, and when a client sends nonsense', () => {
    for (const section of [undefined, null, {}, { hints: 'all', hover: 1 }]) {
      assert.deepEqual(readSettings(section), defaultSettings);
    }
  });

  it('are switched off one by one', () => {
    const settings = readSettings({
      hover: false,
      lastExchange: { inlayHint: false },
      hints: { missingTimeout: false },
    });
    assert.deepEqual([settings.enabled, settings.hover], [true, false]);
    assert.deepEqual([...settings.hints], ['wholeFileInMemory', 'certificateChecksOff']);
    assert.deepEqual(settings.lastExchange, { hover: true, inlayHint: false, diagnostic: true });
    assert.equal(readSettings({ codeLens: false }).codeLens, false);
    assert.equal(readSettings({ enabled: false }).enabled, false);
  });

  it('are the ones that the manifest offers', () => {
    const manifest = JSON.parse(readFileSync(join(checkout, 'package.json'), 'utf8'));
    const offered = [manifest.contributes.configuration]
      .flat()
      .flatMap(({ properties }: { properties: object }) => Object.keys(properties))
      .filter((key: string) => key.startsWith(`${SECTION}.`));
    const known = [
      'enabled',
      'hover',
      'codeLens',
      ...Object.keys(defaultSettings.lastExchange).map((each) => `lastExchange.${each}`),
      ...[...defaultSettings.hints].map((kind) => `hints.${kind}`),
    ];
    assert.deepEqual(offered.sort(), known.map((key) => `${SECTION}.${key}`).sort());
  });
});
