import { X509Certificate } from 'node:crypto';
import type { CertificateInfo } from './model';

/** A DER certificate of more bytes than this is not looked at. */
const MAX_CERTIFICATE = 256 * 1024;
const MAX_NAMES = 256;

/** What the peer's leaf certificate says; `null` when the bytes are no certificate. */
export function parseCertificate(base64: string | null): CertificateInfo | null {
  if (base64 === null || base64.length > MAX_CERTIFICATE) return null;
  try {
    const certificate = new X509Certificate(Buffer.from(base64, 'base64'));
    return {
      subject: oneLine(certificate.subject),
      issuer: oneLine(certificate.issuer),
      notBefore: new Date(certificate.validFrom).toISOString(),
      notAfter: new Date(certificate.validTo).toISOString(),
      names: alternativeNames(certificate.subjectAltName),
      selfSigned: certificate.subject === certificate.issuer,
    };
  } catch {
    return null; // not a certificate, or dates that are none: then nothing is known of it
  }
}

/** Node gives one attribute a line: "C=GB\nCN=localhost". An empty name is undefined at run time. */
function oneLine(name: string | undefined): string {
  return (name ?? '').split('\n').filter(Boolean).join(', ');
}

/** Node gives "DNS:localhost, IP Address:127.0.0.1"; a name with special characters stands in JSON quotes. */
function alternativeNames(text: string | undefined): string[] {
  const names: string[] = [];
  for (const match of (text ?? '').matchAll(/(?:DNS|IP Address|URI|email):("(?:[^"\\]|\\.)*"|[^,]*)/g)) {
    const name = match[1] as string;
    names.push(name.startsWith('"') ? String(JSON.parse(name)) : name.trim());
    if (names.length === MAX_NAMES) break;
  }
  return names;
}
