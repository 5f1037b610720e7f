import assert from 'node:assert/strict';
import { notHttp } from '../../../../src/diagnosis/rules/notHttp';
import { errorInfo, exchange } from '../../../support/exchanges';
import { adviceText, fires, staysSilent } from '../../../support/rules';

describe('not-http', () => {
  const badLine = (text: string) =>
    errorInfo('BadStatusLine', {
      module: 'http.client',
      bases: ['HTTPException', 'Exception'],
      args: [text],
      message: text,
    });
  const got = (text: string) => exchange({ response: null, received: 21, peerEnd: 'fin', raised: [badLine(text)] });

  it('says what came instead', () => {
    const finding = fires(notHttp, got("'SSH-2.0-OpenSSH_9.2\\r\\n'"));
    assert.match(finding.title, /is not HTTP/);
    assert.match(finding.summary, /21 B .*SSH-2\.0/);
  });

  it('recognizes a TLS alert', () => {
    const finding = fires(notHttp, got("'\\x15\\x03\\x01\\x00\\x02\\x02F'"));
    assert.match(finding.title, /speaks TLS, and the program sent plain HTTP/);
    assert.match(adviceText(finding), /https:\/\//);
  });

  it('stays silent when nothing came, and when a reply did', () => {
    staysSilent(notHttp, exchange({ response: null, received: 0, raised: [badLine("''")] }));
    staysSilent(notHttp, exchange());
  });
});
