// Certificates for the example server and the tests, valid or wrong in a chosen way. Made on the spot, kept nowhere.
import { generate } from 'selfsigned';

const DAY = 86_400_000;

/**
 * A self-signed certificate; a client that takes it as its authority trusts it.
 * @param {{names?: string[], notBefore?: Date, notAfter?: Date}} options `names` are DNS names, the first one is the common name
 * @returns {Promise<{cert: string, key: string}>} PEM
 */
export async function makeCertificate({
  names = ['localhost'],
  notBefore = new Date(Date.now() - DAY),
  notAfter = new Date(Date.now() + 30 * DAY),
} = {}) {
  const { cert, private: key } = await generate([{ name: 'commonName', value: names[0] }], {
    keySize: 2048,
    algorithm: 'sha256',
    notBeforeDate: notBefore,
    notAfterDate: notAfter,
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, digitalSignature: true, keyEncipherment: true, critical: true },
      { name: 'subjectAltName', altNames: names.map((value) => ({ type: 2, value })) },
    ],
  });
  return { cert, key };
}
