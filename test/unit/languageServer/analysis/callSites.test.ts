import assert from 'node:assert/strict';
import { analysisOf, assertSends } from '../support/source';

describe('finding calls that send data', () => {
  it('reports each once, in the order of the source', () => {
    const text = `import requests\ndef f(x):\n    requests.post(x)\n    g(lambda: requests.put(x))\nrequests.get('u')\n`;
    const names = analysisOf(text).sites.map(({ name }) => name);
    assert.deepEqual(names, ['requests.post', 'requests.put', 'requests.get']);
  });

  it('follows attributes that are chosen by name', () =>
    assertSends(`
import requests
getattr(requests, 'post')('u')  #> requests requests.post
getattr(requests, verb)('u')  #> requests ?
method = getattr(requests.Session(), verb.lower())
method('u')  #> requests ?
getattr(other, verb)('u')
`));

  it('reports neither references nor calls that only mention one', () =>
    assertSends(`
import requests
methods = {'post': requests.post}
executor.submit(requests.post, 'u')
mock.patch('requests.post')
isinstance(x, requests.Session)
`));

  it('places a call that begins in an earlier line where it begins', () => {
    const text = `import requests\nx = (requests\n    .Session()\n    .post('u'))\n`;
    const [site] = analysisOf(text).sites;
    assert.equal(text.slice((site?.call.base ?? 0) + (site?.call.node.start ?? 0)).slice(0, 8), 'requests');
  });
});
