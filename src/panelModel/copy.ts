/** Bytes and requests in forms to paste elsewhere. */
import { t } from '../base/l10n';
import type { Exchange } from '../decode/exchange';
import type { Redactor } from '../export/redact';
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

/** curl makes these itself. */
const OWN_HEADERS = /^(host|content-length|transfer-encoding|connection|expect)$/i;

/**
 * A command line for a POSIX shell that makes the same request.
 * @param body the request's body as captured; null when it is not in the capture whole
 */
export function curlCommand({ request }: Exchange, body: Uint8Array | null, redactor: Redactor): string {
  if (!request) throw new Error(t('This exchange has no HTTP request.'));
  const words = ['curl', '--globoff'];
  if (request.method !== 'GET') words.push('--request', quoted(request.method));
  words.push(quoted(redactor.url(request.url)));
  const file = request.body?.files[0];
  const form = request.parts.length > 0 && file !== undefined;
  for (const one of request.headers) {
    if (OWN_HEADERS.test(one.name) || (form && /^content-type$/i.test(one.name))) continue;
    const { name, value } = redactor.header(one);
    words.push('--header', quoted(`${name}: ${value}`));
  }
  if (form) {
    for (const part of request.parts) {
      words.push(
        '--form',
        quoted(`${part.name ?? 'file'}=@${file.path}${part.filename ? `;filename=${part.filename}` : ''}`),
      );
    }
  } else if (file) words.push('--data-binary', quoted(`@${file.path}`));
  else if (body && body.length > 0) words.push('--data-binary', shellBytes(redactor, body));
  return words.join(' ');
}

/** Plain words stay bare; control characters need `$'…'` (POSIX.1-2024, 2.2.4). */
function quoted(text: string): string {
  if (/^[\w@%+=:,./-]+$/.test(text) && !text.startsWith('@')) return text;
  return /[\x00-\x1f\x7f]/.test(text)
    ? escapedQuotes(Buffer.from(text, 'utf8').toString('latin1'))
    : singleQuotes(text);
}

function shellBytes(redactor: Redactor, bytes: Uint8Array): string {
  const text = redactor.text(Buffer.from(bytes).toString('latin1')).replaceAll('•', '*');
  return /^[\x20-\x7e\n\t]*$/.test(text) ? singleQuotes(text) : escapedQuotes(text);
}

const singleQuotes = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/** @param text one character for each byte */
function escapedQuotes(text: string): string {
  const escaped = text.replace(/[^\x20-\x7e]|['\\]/g, (char) => {
    const code = char.charCodeAt(0);
    return code > 0x7e || code < 0x20 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\${char}`;
  });
  return `$'${escaped}'`;
}
