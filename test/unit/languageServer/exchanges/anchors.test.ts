import assert from 'node:assert/strict';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { Anchors } from '../../../../src/languageServer/exchanges/anchors';
import type { Place } from '../../../../src/languageServer/exchanges/placedExchanges';
import { anchorsIn, placeIn, refusedExchange } from '../support/exchanges';
import { analysisOf } from '../support/source';

const TEXT = 'import requests\n\nprint(1)\nrequests.post(u, data=d)\n';

describe('anchors of exchanges', () => {
  const words = (text: string, ...places: Place[]) => {
    const { document, anchors } = anchorsIn(text, ...places);
    return anchors.map(({ span, isCall }) => [document.getText().slice(span.start, span.end), isCall]);
  };

  it('stand at the call', () => {
    const { document, anchors } = anchorsIn(TEXT, placeIn(TEXT, 4));
    assert.deepEqual(
      anchors.map(({ name }) => document.getText().slice(name.start, name.end)),
      ['post'],
    );
    assert.deepEqual(words(TEXT, placeIn(TEXT, 4)), [['requests.post(u, data=d)', true]]);
  });

  it('stand at the line where no call is known, of the initiator only', () => {
    assert.deepEqual(words(TEXT, placeIn(TEXT, 3)), [['print(1)', false]]);
    assert.deepEqual(words(TEXT, placeIn(TEXT, 3, { initiator: false })), []);
  });

  it('find a line that has moved since it ran, and none that is gone', () => {
    const now = `import os\n${TEXT}`;
    assert.deepEqual(words(now, placeIn(TEXT, 4)), [['requests.post(u, data=d)', true]]);
    assert.deepEqual(words(TEXT.replace('data=d', 'data=e'), placeIn(TEXT, 4)), []);
  });

  it('take a line that cannot be compared only for a call of what ran', () => {
    const unknown = { text: null };
    assert.deepEqual(words(TEXT, placeIn(TEXT, 4, unknown)), []);
    assert.deepEqual(words(TEXT, placeIn(TEXT, 4, { ...unknown, calls: 'put' })), []);
    assert.equal(words(TEXT, placeIn(TEXT, 4, { ...unknown, calls: 'post' })).length, 1);
    assert.deepEqual(words(TEXT, placeIn(TEXT, 3, unknown)), []);
  });

  describe('while the text is edited', () => {
    const start = TEXT.indexOf('requests.post');
    let anchors: Anchors;
    let text: string;
    const edit = (from: number, to: number, by: string) => {
      anchors.edit(from, to, by.length);
      text = text.slice(0, from) + by + text.slice(to);
    };
    const shown = () => {
      const document = TextDocument.create('file:///a.py', 'python', 1, text);
      return anchors.in(document).map(({ span }) => [span.start, text.slice(span.start, span.end)]);
    };
    beforeEach(() => {
      anchors = new Anchors();
      text = TEXT;
      anchors.place([placeIn(TEXT, 4)], TextDocument.create('file:///a.py', 'python', 1, TEXT), analysisOf(TEXT));
    });

    it('move with what stands before them', () => {
      edit(0, 0, 'import os\n');
      edit(text.length, text.length, '# end');
      assert.deepEqual(shown(), [[start + 10, 'requests.post(u, data=d)']]);
      edit(start + 10, start + 10, 'reply = ');
      assert.deepEqual(shown(), [[start + 18, 'requests.post(u, data=d)']]);
    });

    it('are gone when the call is changed, and back when it is as it was', () => {
      edit(start + 14, start + 15, 'url');
      assert.deepEqual(shown(), []);
      edit(start + 14, start + 17, 'u');
      assert.deepEqual(shown(), [[start, 'requests.post(u, data=d)']]);
    });

    it('are gone with their line', () => {
      edit(start - 1, text.length - 1, '');
      assert.deepEqual(shown(), []);
    });

    it('give way to a later exchange of the same call, and not to an earlier one', () => {
      const document = TextDocument.create('file:///a.py', 'python', 1, TEXT);
      const ids = () => anchors.in(document).map(({ place }) => place.exchange.id);
      const { began } = refusedExchange();
      const other = (id: string, at: number) => placeIn(TEXT, 4, { exchange: refusedExchange({ id, began: at }) });
      anchors.add([other('later', began + 1)], document, analysisOf(TEXT));
      anchors.add([other('earlier', began - 1)], document, analysisOf(TEXT));
      assert.deepEqual(ids(), ['later']);
      anchors.drop(refusedExchange().capture, 'later');
      assert.deepEqual(ids(), []);
    });
  });
});
