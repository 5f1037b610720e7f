import assert from 'node:assert/strict';
import { bodyOf } from '../../../../src/languageServer/analysis/bodies';
import { analysisOf } from '../support/source';

describe('the body of a call', () => {
  const body = (text: string) => {
    const { sites, resolver } = analysisOf(`import requests\nfrom urllib.request import Request, urlopen\n${text}`);
    const site = sites.at(-1);
    assert.ok(site, text);
    return bodyOf(site, resolver);
  };

  it('is told by its arguments', () => {
    assert.equal(body('requests.post(u, data=d)'), true);
    assert.equal(body('requests.post(u)'), false);
    assert.equal(body('requests.post(u, **options)'), null);
    assert.equal(body('urlopen(u, d)'), true);
    assert.equal(body('urlopen("http://host/")'), false);
    assert.equal(body('urlopen(url)'), false);
  });

  it('is that of a request that was made before', () => {
    assert.equal(body('urlopen(Request(u, data=d))'), true);
    assert.equal(body('urlopen(Request(u))'), false);
    assert.equal(body('it = Request(u, d, method="PUT")\nwith urlopen(it) as reply: pass'), true);
    assert.equal(body('it = Request(u)\nurlopen(it)'), false);
    assert.equal(body('it = Request(u, **options)\nurlopen(it)'), null);
    assert.equal(body('it = Request(u)\nit.data = d\nurlopen(it)'), true);
  });

  it('is open for a request that comes from elsewhere', () => {
    assert.equal(body('def send(request):\n    urlopen(request)'), null);
    assert.equal(body('def send(address):\n    urlopen(address)'), false);
  });
});
