/** Makes text from the wire or a capture safe to print: a terminal must never obey a server. */

/** Control characters, what reorders or hides text, and what no character is. */
const UNSAFE =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]|[\ud800-\udfff]/gu;

/** Unsafe characters as `\n`, `\x1b`, `\u202e`; everything else stays. One line comes out. */
export function escapeText(text: string): string {
  return text.replace(UNSAFE, (char) => {
    const short = SHORT[char];
    if (short) return short;
    const code = char.codePointAt(0) ?? 0;
    if (code < 0x100) return `\\x${code.toString(16).padStart(2, '0')}`;
    return code < 0x10000 ? `\\u${code.toString(16).padStart(4, '0')}` : `\\u{${code.toString(16)}}`;
  });
}

const SHORT: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** JSON in one line that is safe to print: the same document, unsafe characters as `\uXXXX`. */
export function safeJson(value: unknown): string {
  return JSON.stringify(value).replace(UNSAFE, (char) =>
    Array.from({ length: char.length }, (_, unit) => {
      return `\\u${char.charCodeAt(unit).toString(16).padStart(4, '0')}`;
    }).join(''),
  );
}
