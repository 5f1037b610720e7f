/** Bodies with their codings undone, as text or base64, up to a size; what is missing is told in a comment. */
import type { Exchange, MultipartPart, RequestMessage } from '../../decode/exchange';
import { parseParameterised } from '../../decode/headerParameters';
import { decodeBody } from '../../decode/preview';
import { bytes, header } from '../../diagnosis/wording';
import { isSecretPart, redactedBytes, textOf, withoutSecretParts } from '../bodyBytes';
import { streamOf } from '../exchangeStreams';
import { MASK, type Redactor } from '../redact';
import type { HarContent, HarParam, HarPostData } from './harTypes';

export interface BodyOptions {
  readonly redactor: Redactor;
  /** Bytes written out. */
  readonly maxBody: number;
}

/** Values of a form's fields beyond this size are left to the body's text. */
const MAX_VALUE = 4096;

export async function postDataOf(exchange: Exchange, options: BodyOptions): Promise<HarPostData | null> {
  const { request } = exchange;
  const own = streamOf(exchange, 'up');
  if (!request || !own || (request.bodyRange.isEmpty && !request.bodyAnnounced)) return null;
  const mimeType = header(request, 'content-type') ?? '';
  const decoded = await decodeBody(own.stream.bytes, request, options.maxBody);
  const body = decoded?.bytes ?? new Uint8Array();
  const masked = redactedBytes(withoutSecretParts(body, request.parts, options.redactor), options.redactor);
  const { value, parameters } = parseParameterised(mimeType);
  const text = textOf(masked, parameters.get('charset') ?? null, decoded?.truncated === true || !request.complete);
  const params = value.startsWith('multipart/')
    ? request.parts.map((part) => paramOf(part, masked, options.redactor))
    : value === 'application/x-www-form-urlencoded' && text !== null
      ? formParams(text)
      : [];
  const comments = [
    howMuch(body.length, decoded?.truncated ?? false, wholeOf(request), 'handed over'),
    ...(text === null ? ['Base64: the body is no text.'] : []),
  ].filter((each) => each !== null);
  return {
    mimeType,
    text: text ?? Buffer.from(masked).toString('base64'),
    ...(params.length > 0 && { params }),
    ...(comments.length > 0 && { comment: comments.join(' ') }),
    ...(text === null && { _encoding: 'base64' as const }),
  };
}

export async function contentOf(exchange: Exchange, options: BodyOptions): Promise<HarContent> {
  const { response, request } = exchange;
  if (!response) return { size: 0, mimeType: 'x-unknown' };
  const mimeType = header(response, 'content-type') ?? 'x-unknown';
  const own = streamOf(exchange, 'down');
  const received = response.bodyRange.length;
  const decoded = own && (await decodeBody(own.stream.bytes, response, options.maxBody));
  if (!decoded) {
    const none = received === 0 || request?.method === 'HEAD';
    return {
      size: received,
      mimeType,
      ...(!none && { comment: 'The capture does not hold this body, or its coding is not known.' }),
    };
  }
  const coded = header(response, 'content-encoding') !== null;
  const whole = !decoded.truncated ? decoded.bytes.length : coded || response.chunked ? null : received;
  const masked = redactedBytes(decoded.bytes, options.redactor);
  const charset = parseParameterised(mimeType).parameters.get('charset') ?? null;
  const text = textOf(masked, charset, decoded.truncated || !response.complete);
  const comments = [
    howMuch(decoded.bytes.length, decoded.truncated, whole, 'received'),
    ...(response.complete ? [] : ['The body is not complete: the rest was not received.']),
  ].filter((each) => each !== null);
  return {
    size: whole ?? -1,
    ...(whole !== null && response.complete && { compression: whole - received }),
    mimeType,
    text: text ?? Buffer.from(masked).toString('base64'),
    ...(text === null && { encoding: 'base64' as const }),
    ...(comments.length > 0 && { comment: comments.join(' ') }),
  };
}

/** Bytes of the content, null where chunks or a coding hide them. */
function wholeOf(request: RequestMessage): number | null {
  if (request.chunked || header(request, 'content-encoding') !== null) return null;
  return Math.max(request.bodyAnnounced ?? 0, request.bodyRange.length);
}

function howMuch(here: number, capped: boolean, whole: number | null, what: string): string | null {
  if (whole !== null && here >= whole) return null;
  if (whole !== null)
    return `The first ${bytes(here)} of ${bytes(whole)} ${capped ? 'are' : 'were recorded and are'} here.`;
  return capped ? `The first ${bytes(here)} are here; more was ${what}.` : null;
}

function paramOf(part: MultipartPart, body: Uint8Array, redactor: Redactor): HarParam {
  const { name, filename, contentType, size, range } = part;
  const here = part.complete && range.end <= body.length && range.length <= MAX_VALUE;
  const value = filename === null && here ? textOf(body.subarray(range.start, range.end), null, false) : null;
  return {
    name: name ?? '',
    ...(value !== null && { value: isSecretPart(part, redactor) ? MASK : value }),
    ...(filename !== null && { fileName: filename }),
    ...(contentType !== null && { contentType }),
    ...(size !== null && {
      comment: `${bytes(size)}${part.sizeDerived ? ', computed from the announced length' : ''}`,
    }),
  };
}

/** @param text with its secrets masked already */
function formParams(text: string): HarParam[] {
  return text
    .split('&')
    .slice(0, 1000)
    .filter((pair) => pair !== '')
    .map((pair) => {
      const [name = '', ...rest] = pair.split('=');
      return { name: formDecoded(name), value: formDecoded(rest.join('=')) };
    });
}

/** application/x-www-form-urlencoded; what is not well formed stays as it is. */
export function formDecoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}
