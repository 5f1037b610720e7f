import assert from 'node:assert/strict';
import { redirectNotFollowed } from '../../../../src/diagnosis/rules/redirectNotFollowed';
import { ERRORS, errorInfo, exchange, failure, response } from '../../../support/exchanges';
import { adviceText, fires, staysSilent } from '../../../support/rules';

describe('redirect-not-followed', () => {
  const redirected = (status: number, changes: object = {}, location = true) =>
    exchange(
      {
        response: response(status, 'Moved', {
          headers: location ? [{ name: 'Location', value: 'http://api.example/new' }] : [],
        }),
        raised: [errorInfo('HTTPError', { message: `HTTP Error ${status}: Moved` })],
        ...changes,
      },
      'urllib',
    );

  it('says where the server points, and that the library does not go there', () => {
    const finding = fires(redirectNotFollowed, redirected(307));
    assert.match(finding.title, /redirects \(307 Moved\), and urllib does not follow\.$/);
    assert.match(finding.summary, /pointing to http:\/\/api\.example\/new/);
    assert.equal(finding.side, 'client library');
    assert.match(adviceText(finding), /follows 307 and 308 for GET and HEAD only/);
    assert.match(fires(redirectNotFollowed, redirected(302, {}, false)).summary, /no Location/);
  });

  it('knows a ring', () => {
    for (const error of [
      errorInfo('TooManyRedirects', { message: 'Exceeded 30 redirects.' }),
      errorInfo('HTTPError', {
        message: 'The HTTP server returned a redirect error that would lead to an infinite loop.',
      }),
    ]) {
      const finding = fires(redirectNotFollowed, redirected(302, { raised: [error] }));
      assert.match(finding.title, /redirects without an end/);
      assert.equal(finding.side, 'server');
    }
  });

  it('stays silent on redirects that were followed or taken as they are, and on 304', () => {
    staysSilent(redirectNotFollowed, redirected(302, { raised: null }));
    staysSilent(redirectNotFollowed, redirected(304));
    staysSilent(redirectNotFollowed, redirected(302, { failure: failure('receive', ERRORS.reset) }));
    staysSilent(redirectNotFollowed, redirected(404));
  });
});
