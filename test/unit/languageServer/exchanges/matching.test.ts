import assert from 'node:assert/strict';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { siteAt } from '../../../../src/languageServer/exchanges/matching';
import type { Place } from '../../../../src/languageServer/exchanges/placedExchanges';
import { placeIn, refusedExchange } from '../support/exchanges';
import { analysisOf } from '../support/source';

describe('the call of a recorded line', () => {
  const matched = (text: string, line: number, given: Partial<Place> = {}) => {
    const document = TextDocument.create('file:///a.py', 'python', 1, text);
    const site = siteAt(document, analysisOf(text), line - 1, placeIn(text, line, given));
    return site && (site.through?.name ?? site.name);
  };

  it('is the one in that line', () => {
    const text = 'import requests\nprint(1)\nrequests.post(u, data=d)\n';
    assert.equal(matched(text, 3), 'requests.post');
    assert.equal(matched(text, 2), null);
  });

  it('is found by the line it begins in, and by that of its name', () => {
    const text = 'import requests\n(requests\n  .Session()\n  .post(u,\n    data=make(),\n  ))\n';
    assert.equal(matched(text, 2), 'Session.post');
    assert.equal(matched(text, 4), 'Session.post');
    assert.equal(matched(text, 5), null, 'an argument is worked out in that line');
    assert.equal(matched(text, 5, { calls: 'post' }), 'Session.post');
  });

  it('is the one that calls what ran, where a line has several', () => {
    const text = 'import requests\nrequests.post(u, data=requests.get(v).content)\n';
    assert.equal(matched(text, 2, { calls: 'get' }), 'requests.get');
    assert.equal(matched(text, 2, { calls: 'request', exchange: refusedExchange({ method: 'GET' }) }), 'requests.get');
    assert.equal(matched(text, 2, { calls: 'post' }), 'requests.post');
  });

  it('is none when another call of the line is what ran', () => {
    const text = 'import requests\nshow(requests.post(u, data=d), fetch(u))\n';
    assert.equal(matched(text, 2, { calls: 'fetch', exchange: refusedExchange({ method: 'GET' }) }), null);
    assert.equal(matched(text, 2, { calls: 'urlopen', exchange: refusedExchange({ method: 'GET' }) }), 'requests.post');
  });

  it('is that of a wrapper for the frames above it', () => {
    const text = 'import requests\ndef send(d):\n    requests.post(u, data=d)\nsend(b"")\n';
    assert.equal(matched(text, 4, { calls: 'send' }), 'send');
  });
});
