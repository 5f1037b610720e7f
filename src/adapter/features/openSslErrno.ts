/** Numbers of Python's `ssl.SSLError`: they are OpenSSL's (SSL_get_error) and Python's own, the same on every system. */
const NUMBERS: Readonly<Record<number, readonly [name: string, meaning: string]>> = {
  1: ['SSL_ERROR_SSL', 'a failure in the TLS protocol'],
  2: ['SSL_ERROR_WANT_READ', 'more data has to be received first'],
  3: ['SSL_ERROR_WANT_WRITE', 'data has to be sent first'],
  4: ['SSL_ERROR_WANT_X509_LOOKUP', 'a certificate is wanted'],
  5: ['SSL_ERROR_SYSCALL', 'a failure of the system beneath TLS'],
  6: ['SSL_ERROR_ZERO_RETURN', 'the peer has closed TLS in order'],
  7: ['SSL_ERROR_WANT_CONNECT', 'the connection is not made yet'],
  8: ['SSL_ERROR_EOF', 'the connection ended without a word of TLS'],
  9: ['SSL_ERROR_INVALID_ERROR_CODE', 'OpenSSL gave no reason'],
};

export function openSslErrno(number: number): { readonly name: string; readonly meaning: string } | null {
  const known = NUMBERS[number];
  return known ? { name: known[0], meaning: known[1] } : null;
}
