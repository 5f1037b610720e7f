/** What a decoded body is, told from its bytes and its declared type; whatever fails falls back to text or to bytes. */
import { visibleBlock } from '../common/visibleText';

export type BodyForm =
  | { readonly kind: 'json' | 'text'; readonly text: string }
  | { readonly kind: 'form'; readonly fields: readonly (readonly [string, string])[] }
  | { readonly kind: 'image'; readonly type: string }
  | { readonly kind: 'bytes' };

/** Only rasters: the type is told by the first bytes (the WHATWG's mimesniff, 6.1), never by what the server says. */
const IMAGES: readonly (readonly [string, readonly number[]])[] = [
  ['image/png', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
  ['image/jpeg', [0xff, 0xd8, 0xff]],
  ['image/gif', [0x47, 0x49, 0x46, 0x38]],
];

export function formOf(bytes: Uint8Array, contentType: string | null, truncated: boolean): BodyForm {
  const image = IMAGES.find(([, magic]) => magic.every((byte, index) => bytes[index] === byte));
  if (image && !truncated) return { kind: 'image', type: image[0] };
  const text = decoded(bytes, contentType);
  if (text === null) return { kind: 'bytes' };
  if (/application\/x-www-form-urlencoded/i.test(contentType ?? '')) {
    const fields = [...new URLSearchParams(text)].map(([name, value]) => [name, value] as const);
    return { kind: 'form', fields };
  }
  const json = /^\s*[[{"]/.test(text) && !truncated ? prettyJson(text) : null;
  return json === null ? { kind: 'text', text: visibleBlock(text) } : { kind: 'json', text: visibleBlock(json) };
}

function prettyJson(text: string): string | null {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return null;
  }
}

/** null when it looks like no text: a zero byte early, or much that is not in the encoding. */
function decoded(bytes: Uint8Array, contentType: string | null): string | null {
  const label = /charset=["']?([\w.:-]+)/i.exec(contentType ?? '')?.[1] ?? 'utf-8';
  if (bytes.subarray(0, 1024).includes(0) && !/^utf-?(16|32)/i.test(label)) return null;
  let text: string;
  try {
    text = new TextDecoder(label).decode(bytes);
  } catch {
    text = new TextDecoder().decode(bytes);
  }
  const start = text.slice(0, 1024);
  const wrong = [...start].filter((char) => char === '\ufffd').length;
  return wrong > start.length / 10 ? null : text;
}
