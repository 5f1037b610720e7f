import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { generate } from 'selfsigned';
import { parseCertificate } from '../../../src/wire/certificate';

describe('certificates', () => {
  it('tells whom a certificate is for, by whom and for how long', async () => {
    const made = await generate(
      [
        { name: 'commonName', value: 'localhost' },
        { name: 'organizationName', value: 'Example' },
      ],
      {
        notBeforeDate: new Date('2026-01-01T00:00:00Z'),
        notAfterDate: new Date('2026-02-01T00:00:00Z'),
        extensions: [
          {
            name: 'subjectAltName',
            altNames: [
              { type: 2, value: 'localhost' },
              { type: 7, ip: '127.0.0.1' },
            ],
          },
        ],
      },
    );
    const der = new X509Certificate(made.cert).raw.toString('base64');
    assert.deepEqual(parseCertificate(der), {
      subject: 'CN=localhost, O=Example',
      issuer: 'CN=localhost, O=Example',
      notBefore: '2026-01-01T00:00:00.000Z',
      notAfter: '2026-02-01T00:00:00.000Z',
      names: ['localhost', '127.0.0.1'],
      selfSigned: true,
    });
  });

  it('knows nothing of what is no certificate', () => {
    for (const base64 of [null, '', 'AAAA', '!!', Buffer.alloc(300 * 1024).toString('base64')]) {
      assert.equal(parseCertificate(base64), null);
    }
  });
});
