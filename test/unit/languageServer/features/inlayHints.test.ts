import assert from 'node:assert/strict';
import type { InlayHintLabelPart } from 'vscode-languageserver';
import type { Place } from '../../../../src/languageServer/exchanges/placedExchanges';
import { inlayHints } from '../../../../src/languageServer/features/inlayHints';
import { anchorsIn, placeIn, refusedExchange } from '../support/exchanges';

const TEXT = 'import requests\nfetch(1)  # a line\nrequests.post(u,\n  data=requests.get(v))\r\nfetch(2)\n';

describe('inlay hints', () => {
  const hints = (places: Place[], within = { start: 0, end: TEXT.length }, command: string | null = null) => {
    const { document, anchors } = anchorsIn(TEXT, ...places);
    return inlayHints(document, anchors, within, command);
  };
  const parts = (found: ReturnType<typeof hints>) => found.map(({ label }) => (label as InlayHintLabelPart[])[0]);

  it('stand at the end of the line that was called', () => {
    const found = hints([placeIn(TEXT, 2), placeIn(TEXT, 3)]);
    assert.deepEqual(
      found.map(({ position }) => [position.line, position.character]),
      [
        [1, 'fetch(1)  # a line'.length],
        [2, 'requests.post(u,'.length],
      ],
    );
    assert.equal(parts(found)[0]?.value, '413 · 115,906 of 12,444,474 B');
    assert.match(String(parts(found)[0]?.tooltip), /never read by the program/);
  });

  it('are one for each line: the latest', () => {
    const text = 'import requests\nrequests.post(requests.get(u))\n';
    const { document, anchors } = anchorsIn(
      text,
      placeIn(text, 2, { calls: 'get', exchange: refusedExchange({ id: 'a', status: 200, began: 1 }) }),
      placeIn(text, 2, { calls: 'post', exchange: refusedExchange({ id: 'b', status: 500, began: 2 }) }),
    );
    assert.equal(anchors.length, 2);
    const found = inlayHints(document, anchors, { start: 0, end: text.length }, null);
    assert.deepEqual(
      parts(found).map((part) => part?.value.slice(0, 3)),
      ['500'],
    );
  });

  it('are given for what is seen only', () => {
    const at = TEXT.indexOf('fetch(2)');
    assert.deepEqual(hints([placeIn(TEXT, 2)], { start: at, end: TEXT.length }), []);
  });

  it('lead to the exchange where the client can show it', () => {
    const exchange = refusedExchange();
    const [part] = parts(hints([placeIn(TEXT, 2)], undefined, 'show'));
    assert.deepEqual(part?.command?.arguments, [exchange.capture, exchange.id]);
    assert.equal(parts(hints([placeIn(TEXT, 2)]))[0]?.command, undefined);
  });
});
