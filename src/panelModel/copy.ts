/** Bytes in forms to paste elsewhere. */
import type { CopyForm } from '../messages/panel';

/** As text: UTF-8 where it is; what is none becomes U+FFFD. */
export function copyBytes(bytes: Uint8Array, form: Exclude<CopyForm, 'curl'>): string {
  const buffer = Buffer.from(bytes);
  if (form === 'hex') return buffer.toString('hex').replace(/(..)(?!$)/g, '$1 ');
  return form === 'python' ? pythonLiteral(buffer) : buffer.toString('utf8');
}

const ESCAPES: Readonly<Record<number, string>> = { 9: '\\t', 10: '\\n', 13: '\\r', 39: "\\'", 92: '\\\\' };

/** `b'…'`, as repr() writes it. */
export function pythonLiteral(bytes: Uint8Array): string {
  let literal = '';
  for (const byte of bytes) {
    const printable = byte >= 0x20 && byte < 0x7f;
    literal += ESCAPES[byte] ?? (printable ? String.fromCharCode(byte) : `\\x${byte.toString(16).padStart(2, '0')}`);
  }
  return `b'${literal}'`;
}
