import assert from 'node:assert/strict';
import { DISMISS_COMMAND, exchangeFixes } from '../../../../src/languageServer/features/exchangeFixes';
import { hintsFor } from '../../../../src/languageServer/hints/hints';
import { defaultSettings } from '../../../../src/languageServer/settings';
import { anchorsIn, placeIn, refusedExchange } from '../support/exchanges';
import { analysisOf } from '../support/source';

const TEXT = 'import requests\nrequests.post(u, data=d)\n';

describe('quick fixes of a failed exchange', () => {
  const fixes = (character: number) => {
    const { document, anchors } = anchorsIn(TEXT, placeIn(TEXT, 2));
    const analysis = analysisOf(TEXT);
    const hints = hintsFor(analysis, TEXT, defaultSettings.hints);
    const commands = { showExchange: 'show', debugUpload: 'debug' };
    const position = { line: 1, character };
    return exchangeFixes({ document, analysis, hints, commands }, anchors, { start: position, end: position });
  };

  it('are edits that help, then what leads on', () => {
    assert.deepEqual(
      fixes(10).map(({ title, edit, command }) => [title, edit ? 'edit' : command?.command]),
      [
        ['Give it a timeout of 30 seconds', 'edit'],
        ['Show this exchange in the wire panel', 'show'],
        ['Debug upload here', 'debug'],
        ['Dismiss this exchange', DISMISS_COMMAND],
      ],
    );
    const { capture, id } = refusedExchange();
    assert.deepEqual(fixes(10).at(-1)?.command?.arguments, [capture, id]);
    assert.equal(fixes(10)[0]?.diagnostics?.[0]?.code, 'refused-early');
  });

  it('are offered at the mark only', () => {
    assert.deepEqual(fixes(0), []);
  });
});
