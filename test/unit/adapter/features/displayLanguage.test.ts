import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inLanguage } from '../../../../src/adapter/features/displayLanguage';
import { CAPABILITIES } from '../../../../src/adapter/proxy/capabilities';
import { checkout } from '../../../support/checkout';
import { useTempFolder } from '../../../support/tempFolder';

type Filter = { readonly filter: string; readonly label: string; readonly description: string };
const filtersOf = (capabilities: object) =>
  (capabilities as { exceptionBreakpointFilters: Filter[] }).exceptionBreakpointFilters;

describe('the language of the breakpoints', () => {
  const temp = useTempFolder();

  it("is the client's, when there are texts in it", () => {
    const translated = filtersOf(inLanguage(CAPABILITIES, 'zh-CN', join(checkout, 'l10n')));
    const english = filtersOf(CAPABILITIES);
    assert.deepEqual(
      translated.map(({ filter }) => filter),
      english.map(({ filter }) => filter),
    );
    for (const [index, { label, description }] of translated.entries()) {
      assert.match(label, /\p{Script=Han}/u);
      assert.notEqual(description, english[index]?.description);
    }
  });

  it('is English for a language without texts, and without a language', () => {
    for (const locale of ['fr', 'en', undefined, 3, '../../etc/passwd']) {
      assert.equal(inLanguage(CAPABILITIES, locale, temp.path), CAPABILITIES);
    }
  });

  it('is English where the texts are damaged or lack one', () => {
    writeFileSync(join(temp.path, 'bundle.l10n.de.json'), '{');
    assert.equal(inLanguage(CAPABILITIES, 'de', temp.path), CAPABILITIES);
    writeFileSync(join(temp.path, 'bundle.l10n.nl.json'), '{"Raised Exceptions": 3}');
    assert.deepEqual(inLanguage(CAPABILITIES, 'nl', temp.path), CAPABILITIES);
  });
});
