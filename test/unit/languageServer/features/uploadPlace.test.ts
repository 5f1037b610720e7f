import assert from 'node:assert/strict';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { UploadPlace } from '../../../../src/base/uploadPlace';
import { uploadPlace } from '../../../../src/languageServer/features/uploadPlace';
import { analysisOf, statementsOf } from '../support/source';

const MODULE = { name: 'uploads', isPackage: false };

/** The place that "‸" in a text stands for; without one the file was asked about. */
function placeIn(marked: string, module = MODULE): UploadPlace {
  const at = marked.indexOf('‸');
  const text = marked.replace('‸', '');
  const document = TextDocument.create('untitled:a.py', 'python', 1, text);
  const position = document.positionAt(at);
  const range = at < 0 ? null : { start: position, end: position };
  return uploadPlace(document, statementsOf(text), analysisOf(text), module, range);
}

const brief = (marked: string) => {
  const { kind, name, line, endLine } = placeIn(marked);
  return [kind, name, line, endLine];
};

describe('the place of an upload', () => {
  it('is the call around the cursor, on all of its lines', () => {
    const call = ['call', 'requests.post', 3, 6];
    for (const line of [`‸requests.post(`, `requests.post(‸`]) {
      assert.deepEqual(
        brief(`import requests\ndef send(f):\n    ${line}\n        'u',\n        data=f,\n    )\n`),
        call,
      );
    }
    assert.deepEqual(
      brief(`import requests\ndef send(f):\n    requests.post(\n        'u',\n   ‸     data=f,\n    )\n`),
      call,
    );
  });

  it('is the call on the line, wherever in it the cursor stands', () => {
    const text =
      'from urllib.request import urlopen\ndef send(r):\n  ‸  with urlopen(r) as reply:\n        return reply\n';
    assert.deepEqual(brief(text), ['call', 'urllib.request.urlopen', 3, 3]);
  });

  it('is the innermost of several calls, and one with a body before one without', () => {
    const nested = "import requests\nrequests.post('u', data=requests.put('v', d‸ata=b'').content)\n";
    assert.equal(placeIn(nested).name, 'requests.put');
    const beside = "import requests\n‸a = requests.get('u'); b = requests.post('v', data=b'')\n";
    assert.equal(placeIn(beside).name, 'requests.post');
  });

  it('is the call of a wrapper in the same file', () => {
    const text = "import requests\ndef put(d): requests.put('u', data=d)\n\nput(‸b'x')\n";
    assert.deepEqual(brief(text), ['call', 'requests.put', 4, 4]);
  });

  it('is the function where no call is meant, and the file where there is no function', () => {
    const text = (at: string) => `import requests
class Uploader:
    limit = 5${at === 'class' ? '‸' : ''}
    def send(self, data):
        size = len(data)${at === 'function' ? '‸' : ''}
        requests.post('u', data=data)
`;
    assert.deepEqual(brief(text('function')), ['function', 'Uploader.send', 4, 6]);
    assert.deepEqual(brief(text('class')), ['file', null, 1, 7]);
    assert.deepEqual(brief(text('nowhere')), ['file', null, 1, 7]);
  });

  it('names the test around as pytest does', () => {
    const test = (marked: string) => placeIn(marked).source.test;
    assert.deepEqual(test('def test_a():\n    x =‸ 1\n'), ['test_a']);
    assert.deepEqual(test('class TestA:\n    def test_b(self):\n        def deep():\n            x‸ = 1\n'), [
      'TestA',
      'test_b',
    ]);
    assert.deepEqual(test('class TestA:\n    def setUp(self):\n        x‸ = 1\n'), ['TestA']);
    assert.equal(test('def helper():\n    x‸ = 1\n'), null);
    assert.equal(test('class Uploader:\n    def send(self):\n        x‸ = 1\n'), null);
  });
});
