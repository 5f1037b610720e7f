import assert from 'node:assert/strict';
import { parseEnvironmentFile } from '../../../../src/extension/debug/environmentFile';

const parse = (content: string, base: NodeJS.ProcessEnv = {}) => parseEnvironmentFile(content, base);
const reference = (name: string) => `\${${name}}`;

describe('parseEnvironmentFile', () => {
  it('takes assignments and leaves everything else out', () => {
    assert.deepEqual(parse('A=1\n# comment\n\n export B = two words \r\nnot an assignment\n=x\n9A=1\nC='), {
      A: '1',
      B: 'two words',
      C: '',
    });
  });

  it('ends an unquoted value at a comment, and only there', () => {
    assert.deepEqual(parse('A=1 # one\nB=a#b\nC=#none\nD=https://host/#part'), {
      A: '1',
      B: 'a#b',
      C: '',
      D: 'https://host/#part',
    });
  });

  it('knows escapes in double quotes and none in single ones', () => {
    assert.deepEqual(parse('A="a\\nb \\"c\\" \\\\ \\d" # x'), { A: 'a\nb "c" \\ \\d' });
    assert.deepEqual(parse(`B='a\\nb ${reference('A')}'`), { B: `a\\nb ${reference('A')}` });
  });

  it('puts in variables of the file first, then of the environment, then nothing', () => {
    const content = `A=1\nB=${reference('A')}-${reference('HOME')}-${reference('NONE')}`;
    assert.deepEqual(parse(content, { A: 'outer', HOME: '/h' }), { A: '1', B: '1-/h-' });
  });

  it('reads a file with a byte order mark', () => {
    assert.deepEqual(parse('\uFEFFA=1'), { A: '1' });
  });
});
