/** A request as a command line for curl. */
import { basename } from 'node:path';
import { t } from '../base/l10n';
import type { Exchange, MultipartPart, RequestMessage } from '../decode/exchange';
import { decodeBody } from '../decode/preview';
import { streamOf } from '../export/exchangeStreams';
import { MASK, type Redactor, reveal } from '../export/redact';

/** Bytes of a body that a command line takes. */
const MAX_BODY = 1024 * 1024;

/** curl makes these itself. */
const OWN_HEADERS = /^(host|content-length|transfer-encoding|connection|expect)$/i;

export interface CurlCommand {
  /** For bash and its kin. */
  readonly command: string;
  /** The body is a part of it, or is read from the file that the program read it from. */
  readonly whole: boolean;
  /** Secrets have been taken out. */
  readonly masked: boolean;
}

/**
 * A command line that makes the same request.
 * @throws when the exchange has no HTTP request
 */
export async function curlOf(exchange: Exchange, redactor: Redactor): Promise<CurlCommand> {
  const { request } = exchange;
  if (!request) throw new Error(t('This exchange has no HTTP request.'));
  const content = await contentOf(exchange, request);
  const [command, revealed] = [compose(request, content, redactor), compose(request, content, reveal)];
  return { ...command, masked: command.command !== revealed.command };
}

/** The body as the program made it, chunks undone; null when it is not in the capture whole. */
async function contentOf(exchange: Exchange, request: RequestMessage): Promise<Buffer | null> {
  const own = streamOf(exchange, 'up');
  const { bodyRange } = request;
  if (!own || !request.complete || bodyRange.length > MAX_BODY) return null;
  if ((await own.stream.bytes.read(bodyRange)).length < bodyRange.length) return null;
  // a content coding stays on: its header goes along
  const decoded = await decodeBody(own.stream.bytes, { ...request, headers: [] }, MAX_BODY);
  return Buffer.from(decoded?.bytes ?? []);
}

function compose(
  request: RequestMessage,
  content: Buffer | null,
  redactor: Redactor,
): Pick<CurlCommand, 'command' | 'whole'> {
  const url = redactor.url(request.url);
  const has = (name: RegExp) => request.headers.find((one) => name.test(one.name));
  const words = ['curl', '--globoff'];
  // else curl makes one path of /a/../b
  if (/\/\.\.?(\/|$)/.test(url.replace(/[?#].*/s, ''))) words.push('--path-as-is');
  const form = formOf(request, content, redactor);
  const body = form ?? bodyWords(request, content, redactor);
  const empty = body?.words.length === 0;
  // with --request it would wait for a body
  if (request.method === 'HEAD') words.push('--head');
  else if (request.method !== 'GET' || !empty) words.push('--request', quoted(request.method));
  words.push(quoted(url));
  for (const one of request.headers) {
    if (OWN_HEADERS.test(one.name) || (form && /^content-type$/i.test(one.name))) continue;
    const { name, value } = redactor.header(one);
    // a header without a value ends in a semicolon there
    words.push('--header', quoted(value === '' ? `${name};` : `${name}: ${value}`));
  }
  // the reply is shown as what it says, not as it was packed
  if (/gzip|deflate|br|zstd/i.test(has(/^accept-encoding$/i)?.value ?? '')) words.push('--compressed');
  // curl would call it a form
  if (body && !form && !empty && !has(/^content-type$/i)) words.push('--header', "'Content-Type:'");
  const command = [...words, ...(body?.words ?? [])].join(' ');
  return { command: body?.input ? `${body.input} | ${command}` : command, whole: body !== null };
}

interface Body {
  readonly words: readonly string[];
  /** A command that writes it to curl's input. */
  readonly input?: string;
}

/** Null when nobody has it. */
function bodyWords(request: RequestMessage, content: Buffer | null, redactor: Redactor): Body | null {
  const files = request.body?.files ?? [];
  if (files.length === 1 && request.parts.length === 0) {
    return { words: ['--data-binary', quoted(`@${files[0]?.path}`)] };
  }
  if (!content) return null;
  if (content.length === 0) return { words: [] };
  const masked = Buffer.from(content);
  for (const part of request.parts) if (isSecret(part, redactor)) masked.fill('*', part.range.start, part.range.end);
  const text = redactor.text(masked.toString('latin1')).replaceAll('•', '*');
  // a word of a shell holds no zero byte
  if (text.includes('\0')) return { words: ['--data-binary', '@-'], input: `printf ${printfFormat(text)}` };
  // curl would read a file of that name
  const option = text.startsWith('@') ? '--data-raw' : '--data-binary';
  return { words: [option, shellText(text)] };
}

/** Field by field, with files by their paths; null when it was no form of such fields or a file is not known. */
function formOf(request: RequestMessage, content: Buffer | null, redactor: Redactor): Body | null {
  const { parts } = request;
  const files = request.body?.files ?? [];
  const uploads = parts.filter(({ filename }) => filename !== null);
  if (uploads.length === 0 || files.length === 0) return null;
  const words: string[] = [];
  for (const part of parts) {
    const { name, filename, contentType, range } = part;
    if (name === null || /["=;,\\]/.test(name)) return null;
    if (filename === null) {
      if (contentType !== null || !content || !part.complete) return null;
      const value = isSecret(part, redactor) ? '***' : content.toString('utf8', range.start, range.end);
      words.push('--form-string', quoted(`${name}=${value}`));
      continue;
    }
    const file =
      uploads.length === 1 && files.length === 1 ? files[0] : files.find(({ path }) => basename(path) === filename);
    if (!file) return null;
    const type = contentType === null ? '' : `;type=${contentType}`;
    words.push('--form', quoted(`${name}=@${formValue(file.path)};filename=${formValue(filename)}${type}`));
  }
  return { words };
}

const isSecret = ({ name, filename }: MultipartPart, redactor: Redactor): boolean =>
  name !== null && filename === null && redactor.text(`${name}=x`).endsWith(MASK);

const formValue = (text: string): string => (/[,;"\\]/.test(text) ? `"${text.replace(/["\\]/g, '\\$&')}"` : text);

/** Plain words stay bare; control characters need `$'…'` (POSIX.1-2024, 2.2.4). */
function quoted(text: string): string {
  if (/^[\w@%+=:,./-]+$/.test(text) && !text.startsWith('@')) return text;
  return /[\x00-\x1f\x7f]/.test(text)
    ? escapedQuotes(Buffer.from(text, 'utf8').toString('latin1'))
    : singleQuotes(text);
}

/** @param text one character for each byte */
const shellText = (text: string): string =>
  /^[\x20-\x7e\n\t]*$/.test(text) ? singleQuotes(text) : escapedQuotes(text);

const singleQuotes = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/** @param text one character for each byte */
function escapedQuotes(text: string): string {
  const escaped = text.replace(/[^\x20-\x7e]|['\\]/g, (char) => {
    const code = char.charCodeAt(0);
    return code > 0x7e || code < 0x20 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\${char}`;
  });
  return `$'${escaped}'`;
}

/** @param text one character for each byte */
function printfFormat(text: string): string {
  // nor may it begin as an option does
  const escaped = text.replace(/^-|[^\x20-\x7e]|['\\%]/g, (char) =>
    char === '%' ? '%%' : `\\${char.charCodeAt(0).toString(8).padStart(3, '0')}`,
  );
  return `'${escaped}'`;
}
