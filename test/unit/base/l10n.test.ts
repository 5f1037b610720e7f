import assert from 'node:assert/strict';
import { t, useBundle } from '../../../src/base/l10n';

describe('texts in the language of the display', () => {
  afterEach(() => useBundle(undefined));

  it('are the English ones without a bundle, and where it has none', () => {
    assert.equal(t('{0} of {1}', 3, 'four'), '3 of four');
    useBundle({ other: '别的' });
    assert.equal(t('Reply'), 'Reply');
  });

  it('are those of the bundle, in the order that its language wants', () => {
    useBundle({ '{0} of {1}': '{1} 中的 {0}' });
    assert.equal(t('{0} of {1}', '1 MB', '2 MB'), '2 MB 中的 1 MB');
  });

  it('take a value as it is, also one that looks like a placeholder or a name of every object', () => {
    assert.equal(t('{0} and {1}', '{1}', '$&'), '{1} and $&');
    assert.equal(t('toString'), 'toString');
  });

  it('leave a placeholder without a value, and take no bundle that is none', () => {
    assert.equal(t('{0} {1}', 'a'), 'a {1}');
    for (const wrong of [null, 3, 'text', ['Reply'], { Reply: 3 }]) {
      useBundle(wrong);
      assert.equal(t('Reply'), 'Reply');
    }
  });
});
