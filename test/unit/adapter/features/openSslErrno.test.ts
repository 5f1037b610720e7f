import assert from 'node:assert/strict';
import { openSslErrno } from '../../../../src/adapter/features/openSslErrno';

describe("OpenSSL's numbers", () => {
  it('have names and meanings of their own', () => {
    assert.deepEqual(openSslErrno(8), {
      name: 'SSL_ERROR_EOF',
      meaning: 'the connection ended without a word of TLS',
    });
    assert.equal(openSslErrno(1)?.name, 'SSL_ERROR_SSL');
    assert.equal(openSslErrno(104), null);
  });
});
