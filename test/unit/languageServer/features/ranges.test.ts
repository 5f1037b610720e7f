import assert from 'node:assert/strict';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { callSpan, nameSpan, rangeOf } from '../../../../src/languageServer/features/ranges';
import { analysisOf } from '../support/source';

describe('ranges of a call', () => {
  const text = 'import requests\n\ndef f():\n    return requests.Session().post("u")\n';
  const [site] = analysisOf(text).sites;

  it('are those of the whole call and of its last name, in the whole source', () => {
    assert.ok(site);
    const slice = ({ start, end }: { start: number; end: number }) => text.slice(start, end);
    assert.equal(slice(callSpan(site)), 'requests.Session().post("u")');
    assert.equal(slice(nameSpan(site)), 'post');
  });

  it('are told in lines and characters', () => {
    assert.ok(site);
    const document = TextDocument.create('untitled:a.py', 'python', 1, text);
    assert.deepEqual(rangeOf(document, nameSpan(site)).start, { line: 3, character: 30 });
  });
});
