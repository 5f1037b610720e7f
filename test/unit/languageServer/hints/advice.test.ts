import assert from 'node:assert/strict';
import { adviceFixes } from '../../../../src/languageServer/hints/advice';
import { refusedExchange } from '../support/exchanges';
import { analysisOf } from '../support/source';

describe('advice that is an edit', () => {
  const fixed = (text: string, id: string, advice: { text: string; code: string | null }[] = []) => {
    const [site] = analysisOf(text).sites.slice(-1);
    assert.ok(site, text);
    const finding = { id, title: '', severity: 'error', advice } as const;
    const [fix] = adviceFixes(site, text, refusedExchange({ finding }));
    const edited = fix && text.slice(0, fix.replace.start) + fix.by + text.slice(fix.replace.end);
    return edited?.trimEnd().split('\n').at(-1);
  };

  it('gives a time-out twice the seconds', () => {
    const text = 'import requests\nrequests.post(u, data=d, timeout=1.5)\n';
    assert.equal(fixed(text, 'read-timed-out'), 'requests.post(u, data=d, timeout=3)');
    assert.equal(fixed(text, 'refused-early'), undefined);
    assert.equal(fixed(text.replace('1.5', 'SECONDS'), 'send-timed-out'), undefined);
    assert.equal(
      fixed('from urllib.request import urlopen\nurlopen(u, None, 10)\n', 'connect-timed-out'),
      'urlopen(u, None, 20)',
    );
  });

  it('corrects the scheme where it is written', () => {
    const text = 'import requests\nrequests.post(f"https://{host}:80/https://", data=d)\n';
    assert.equal(fixed(text, 'tls-to-plain-port'), 'requests.post(f"http://{host}:80/https://", data=d)');
    assert.equal(fixed('import requests\nrequests.get(u)\n', 'tls-to-plain-port'), undefined);
    const plain = 'import requests\nrequests.get("http://host:8443/")\n';
    assert.equal(fixed(plain, 'not-http'), undefined, 'it may speak something else');
    const advice = [{ text: 'Use https:// for this port.', code: null }];
    assert.equal(fixed(plain, 'not-http', advice), 'requests.get("https://host:8443/")');
  });

  it('has aiohttp ask first', () => {
    const advice = [{ text: '', code: 'session.post(url, data=data, expect100=True)' }];
    const text = 'import aiohttp\ns = aiohttp.ClientSession()\ns.post(u, data=d)\n';
    assert.equal(fixed(text, 'refused-early', advice), 's.post(u, data=d, expect100=True)');
    assert.equal(fixed(text.replace('d)', 'd, expect100=True)'), 'refused-early', advice), undefined);
    assert.equal(fixed('import requests\nrequests.post(u)\n', 'refused-early', advice), undefined);
  });

  it('leaves a call of the program itself alone', () => {
    const text = 'import requests\ndef send(d, timeout):\n    requests.post(u, data=d)\nsend(d, timeout=1)\n';
    assert.equal(fixed(text, 'read-timed-out'), undefined);
  });
});
