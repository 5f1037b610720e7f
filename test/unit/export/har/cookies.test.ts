import assert from 'node:assert/strict';
import { requestCookies, responseCookies } from '../../../../src/export/har/cookies';
import { MASK, redact, reveal } from '../../../../src/export/redact';

describe('cookies in a HAR entry', () => {
  const sent = { headers: [{ name: 'Cookie', value: 'a=1; b=x=y; lonely' }] };
  const set = {
    headers: [
      {
        name: 'Set-Cookie',
        value: 'id=7; Path=/; Domain=example.org; Expires=Wed, 21 Oct 2026 07:28:00 GMT; HttpOnly',
      },
      { name: 'set-cookie', value: 'plain=2; Secure; SameSite=Lax; Expires=never' },
    ],
  };

  it('are told apart', () => {
    assert.deepEqual(requestCookies(sent, reveal), [
      { name: 'a', value: '1' },
      { name: 'b', value: 'x=y' },
      { name: '', value: 'lonely' },
    ]);
    assert.deepEqual(responseCookies(set, reveal), [
      {
        name: 'id',
        value: '7',
        path: '/',
        domain: 'example.org',
        expires: '2026-10-21T07:28:00.000Z',
        httpOnly: true,
        secure: false,
      },
      { name: 'plain', value: '2', httpOnly: false, secure: true, sameSite: 'Lax' },
    ]);
    assert.deepEqual(requestCookies({ headers: [] }, redact), []);
  });

  it('keep their values to themselves', () => {
    const values = [...requestCookies(sent, redact), ...responseCookies(set, redact)].map(({ value }) => value);
    assert.deepEqual(new Set(values), new Set([MASK]));
  });
});
