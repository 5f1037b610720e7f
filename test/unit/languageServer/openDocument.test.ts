import assert from 'node:assert/strict';
import { OpenDocument } from '../../../src/languageServer/openDocument';
import { grammar } from './support/source';

describe('an open document', () => {
  const names = (open: OpenDocument) => open.analysis()?.sites.map(({ name }) => name);

  it('has no analysis while nothing in it can matter', () => {
    const open = new OpenDocument(grammar, 'untitled:a.py', 1, 'x = {}\nx.get(1)\n');
    assert.equal(open.analysis(), null);
    open.change([{ range: at(0, 0, 0, 0), text: 'import requests as x\n' }], 2);
    open.change([{ range: at(1, 0, 2, 0), text: '' }], 3);
    assert.deepEqual(names(open), ['requests.get']);
    open.dispose();
  });

  it('follows several edits at once, and text beyond ASCII', () => {
    const open = new OpenDocument(
      grammar,
      'untitled:a.py',
      1,
      "import requests\nname = '日本 😀'; requests.get(name)\n",
    );
    assert.deepEqual(names(open), ['requests.get']);
    open.change(
      [
        { range: at(1, 16, 1, 28), text: "requests.put('ü')\nrequests.post" },
        { range: at(0, 0, 0, 0), text: '# first\n' },
      ],
      2,
    );
    assert.deepEqual(open.document.getText().split('\n').slice(2, 4), [
      "name = '日本 😀'; requests.put('ü')",
      'requests.post(name)',
    ]);
    assert.deepEqual(names(open), ['requests.put', 'requests.post']);
    open.dispose();
  });

  it('takes a whole new text', () => {
    const open = new OpenDocument(grammar, 'untitled:a.py', 1, 'import requests\nrequests.get(1)\n');
    assert.deepEqual(names(open), ['requests.get']);
    open.change([{ text: 'import httpx\nhttpx.get(1)\n' }], 2);
    assert.deepEqual(names(open), ['httpx.get']);
    open.dispose();
  });
});

function at(line: number, character: number, endLine: number, endCharacter: number) {
  return { start: { line, character }, end: { line: endLine, character: endCharacter } };
}
