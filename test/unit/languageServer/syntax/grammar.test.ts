import assert from 'node:assert/strict';
import { loadGrammar } from '../../../../src/languageServer/syntax/grammar';
import { grammarFiles } from '../support/grammarFiles';
import { grammar } from '../support/source';

describe('the grammar', () => {
  it('reads Python', () => {
    const parser = grammar.newParser();
    const tree = parser.parse('with a as self.b:\n    yield\n');
    assert.equal(tree?.rootNode.hasError, false);
    tree?.delete();
    parser.delete();
  });

  it('says which file is missing', async () => {
    await assert.rejects(loadGrammar({ ...grammarFiles, python: '/nowhere/python.wasm' }), /nowhere/);
  });
});
