import assert from 'node:assert/strict';
import type { Block } from '../../../../src/languageServer/syntax/ast';
import { PythonSource } from '../../../../src/languageServer/syntax/pythonSource';
import { analysisOf, grammar, statementsOf } from '../support/source';

const TEXT = `import requests

class Client:
    def first(self):
        return requests.get('a')

    def second(self):
        return requests.post('b')

@decorated
class Other(Client):
    x = 1

def last():
    pass
`;

describe('a source under edits', () => {
  /** Parses TEXT, then replaces `what` by `by`, and gives the statements of both. */
  function edited(what: string, by: string): { before: Block; after: Block; text: string } {
    const source = new PythonSource(grammar);
    source.parse(TEXT);
    const before = source.statements(TEXT);
    const startIndex = TEXT.indexOf(what);
    const oldEndIndex = startIndex + what.length;
    const text = TEXT.slice(0, startIndex) + by + TEXT.slice(oldEndIndex);
    const newEndIndex = startIndex + by.length;
    source.edit({
      startIndex,
      oldEndIndex,
      newEndIndex,
      startPosition: point(TEXT, startIndex),
      oldEndPosition: point(TEXT, oldEndIndex),
      newEndPosition: point(text, newEndIndex),
    });
    source.parse(text);
    const after = source.statements(text);
    source.dispose();
    return { before, after, text };
  }

  for (const [name, what, by] of [
    ['inside a method', "'b'", "'bbbb', data=1"],
    ['that adds lines', 'import requests\n', 'import requests\n# more\nimport json\n'],
    ['that removes a class', '@decorated\nclass Other(Client):\n    x = 1\n', ''],
    ['that breaks the syntax', 'def last():', 'def last('],
    ['with letters beyond ASCII', "'a'", "'größe 日本 😀'"],
  ] as const) {
    it(`reads the same as from scratch after an edit ${name}`, () => {
      const { after, text } = edited(what, by);
      assert.deepEqual(after, statementsOf(text));
    });
  }

  it('keeps the statements that an edit does not touch', () => {
    const { before, after } = edited("'b'", "'bbbb'");
    assert.equal(after[0]?.statement, before[0]?.statement, 'the import');
    const members = (block: Block) => {
      const found = block[1]?.statement;
      return found?.kind === 'class' ? found.body.map(({ statement }) => statement) : [];
    };
    assert.equal(members(after).length, 2);
    assert.equal(members(after)[0], members(before)[0], 'the first method');
    assert.notEqual(members(after)[1], members(before)[1], 'the second method');
  });

  it('reads sources that are nested deeper than any call stack', () => {
    const deep = [
      `x = ${Array.from({ length: 20_000 }, (_, index) => `f(${index})`).join(' + ')}`,
      `y = ${'('.repeat(3000)}1${')'.repeat(3000)}`,
      `z = a${'.b(1)'.repeat(5000)}`,
      `requests.get('u')`,
    ];
    const analysis = analysisOf(`import requests\n${deep.join('\n')}\n`);
    assert.deepEqual(
      analysis.sites.map(({ name }) => name),
      ['requests.get'],
    );
  });

  it('starts anew after a reset', () => {
    const source = new PythonSource(grammar);
    source.parse(TEXT);
    source.reset();
    assert.deepEqual(source.statements(TEXT), []);
    source.parse('x = 1\n');
    assert.deepEqual(source.statements('x = 1\n'), statementsOf('x = 1\n'));
    source.dispose();
  });
});

function point(text: string, index: number): { row: number; column: number } {
  const before = text.slice(0, index);
  return { row: before.split('\n').length - 1, column: index - (before.lastIndexOf('\n') + 1) };
}
