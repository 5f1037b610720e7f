/** Bodies as they are shown and written out: with their secrets masked, and told apart into text and bytes. */
import type { ByteRange } from '../base/byteRange';
import type { MultipartPart } from '../decode/exchange';
import { isSecretName } from './masking';
import type { Redactor } from './redact';

/** Redacts without knowing the encoding: names and secrets are ASCII, and Latin-1 keeps every other byte. */
export function redactedBytes(bytes: Uint8Array, redactor: Redactor): Uint8Array {
  const text = Buffer.from(bytes).toString('latin1');
  const redacted = redactor.text(text);
  return redacted === text ? bytes : Buffer.from(redacted.replaceAll('•', '*'), 'latin1');
}

/** The body of a form with the values of secret fields blanked; of what is no form, or where nothing is secret, the same. */
export function withoutSecretParts(body: Uint8Array, parts: readonly MultipartPart[], redactor: Redactor): Uint8Array {
  const secret = parts.filter((part) => isSecretPart(part, redactor)).map(({ range }) => range);
  if (secret.length === 0) return body;
  const masked = Buffer.from(body);
  for (const { start, end } of secret as readonly ByteRange[]) masked.fill('*', start, Math.min(end, masked.length));
  return masked;
}

/** A redactor that lets the word stand has been told to. */
export const isSecretPart = ({ name, filename }: MultipartPart, redactor: Redactor): boolean =>
  name !== null && filename === null && isSecretName(name) && redactor.text('password=x') !== 'password=x';

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * The text that the bytes are, null for what is none.
 * @param charset of the Content-Type
 * @param cut the bytes may end in the middle of a character
 */
export function textOf(bytes: Uint8Array, charset: string | null, cut: boolean): string | null {
  if (bytes.includes(0)) return null;
  for (let short = 0; short < (cut ? 4 : 1) && short <= bytes.length; short += 1) {
    try {
      return utf8.decode(bytes.subarray(0, bytes.length - short));
    } catch {
      // perhaps without the last byte
    }
  }
  return charset !== null && /^(iso-8859-1|latin-?1|windows-1252|us-ascii)$/i.test(charset)
    ? new TextDecoder('windows-1252').decode(bytes)
    : null;
}
