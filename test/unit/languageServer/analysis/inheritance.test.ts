import assert from 'node:assert/strict';
import { descendants } from '../../../../src/languageServer/analysis/inheritance';
import { analysisOf } from '../support/source';

describe('inheritance', () => {
  it('knows descendants at any distance, also in a circle', () => {
    const { resolver } = analysisOf(
      'class A: pass\nclass B(A): pass\nclass C(B, Other): pass\nclass D(E): pass\nclass E(D): pass\n',
    );
    const named = [...descendants(resolver)].map(([ancestor, below]) => [ancestor.name, below.map(({ name }) => name)]);
    assert.deepEqual(Object.fromEntries(named), { A: ['B', 'C'], B: ['C'], D: ['E'], E: ['D'] });
  });
});
