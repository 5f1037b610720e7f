import assert from 'node:assert/strict';
import type { HintKind } from '../../../../src/languageServer/hints/hint';
import { hintsFor } from '../../../../src/languageServer/hints/hints';
import { analysisOf } from '../support/source';

describe('all hints', () => {
  const text = `import requests\nwith open('f', 'rb') as f:\n    requests.post('u', data=f.read(), verify=False)\n`;
  const kinds = (...wanted: HintKind[]) => hintsFor(analysisOf(text), text, new Set(wanted)).map(({ kind }) => kind);

  it('come in the order of the source', () => {
    const all: HintKind[] = ['certificateChecksOff', 'wholeFileInMemory', 'missingTimeout'];
    assert.deepEqual(kinds(...all), ['missingTimeout', 'wholeFileInMemory', 'certificateChecksOff']);
  });

  it('come only where they are wanted', () => {
    assert.deepEqual(kinds(), []);
    assert.deepEqual(kinds('wholeFileInMemory'), ['wholeFileInMemory']);
  });
});
