/** Header values with parameters: `form-data; name="a"; filename*=UTF-8''%e2%82%ac`. */

export interface ParameterisedValue {
  /** What stands before the first semicolon, in lower case. */
  readonly value: string;
  /** Names in lower case; RFC 2231 continuations joined, RFC 2231/5987 values decoded (and preferred to plain ones). */
  readonly parameters: ReadonlyMap<string, string>;
}

const PARAMETER = /;[ \t]*([^\s=;"]+)[ \t]*=[ \t]*("(?:[^"\\]|\\.)*"?|[^;]*)/gs;
const MAX_PARAMETERS = 100;

/** @param text Latin-1 text of the wire */
export function parseParameterised(text: string): ParameterisedValue {
  const value = (text.split(';', 1)[0] as string).trim().toLowerCase();
  const plain = new Map<string, string>();
  const extended = new Map<string, { readonly encoded: boolean; readonly text: string }[]>();
  let found = 0;
  for (const match of text.matchAll(PARAMETER)) {
    if (++found > MAX_PARAMETERS) break;
    const name = (match[1] as string).toLowerCase();
    const raw = unquote((match[2] as string).trim());
    const star = /^(.+?)\*(?:(\d{1,2})(\*)?)?$/.exec(name);
    if (!star) {
      if (!plain.has(name)) plain.set(name, utf8(raw));
      continue;
    }
    const parts = extended.get(star[1] as string) ?? [];
    parts[Number(star[2] ?? 0)] = { encoded: star[2] === undefined || star[3] === '*', text: raw };
    extended.set(star[1] as string, parts);
  }
  for (const [name, parts] of extended) plain.set(name, joinExtended(parts));
  return { value, parameters: plain };
}

/** In quotes a backslash guards a quote or a backslash; before anything else (a Windows path) it stands for itself. */
function unquote(text: string): string {
  if (!text.startsWith('"')) return text;
  const end = text.length > 1 && text.endsWith('"') ? text.length - 1 : text.length;
  return text.slice(1, end).replace(/\\(["\\])/g, '$1');
}

/** RFC 2231: `charset'language'percent-encoded`; the charset stands in the first part only. */
function joinExtended(parts: readonly ({ readonly encoded: boolean; readonly text: string } | undefined)[]): string {
  const [, charset, rest] = /^([^']*)'[^']*'(.*)$/s.exec(parts[0]?.encoded ? parts[0].text : '') ?? [];
  const bytes: Buffer[] = [];
  for (const [index, part] of parts.entries()) {
    if (!part) break; // a continuation is missing: what follows has no place
    const text = index === 0 && rest !== undefined ? rest : part.text;
    bytes.push(part.encoded ? percentDecode(text) : Buffer.from(text, 'latin1'));
  }
  const all = Buffer.concat(bytes);
  return /^(iso-8859-1|latin-?1|us-ascii)$/i.test(charset ?? '') ? all.toString('latin1') : all.toString('utf8');
}

function percentDecode(text: string): Buffer {
  return Buffer.from(
    text.replace(/%([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  );
}

/** Browsers and most libraries send plain parameters as UTF-8; what is not UTF-8 is left as Latin-1. */
function utf8(latin1: string): string {
  const bytes = Buffer.from(latin1, 'latin1');
  const text = bytes.toString('utf8');
  return text.includes('\ufffd') ? latin1 : text;
}
