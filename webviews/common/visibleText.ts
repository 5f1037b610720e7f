/** Text from the wire, made safe to look at: nothing hides, nothing reorders what stands beside it. */

/** Controls, what changes direction or has no width, and what is no character. */
const UNSEEN =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\u{e0000}-\u{e007f}]|[\ud800-\udfff]/gu;
/** Those that end or space a line may stay in a body. */
const LAYOUT = new Set(['\n', '\t']);

/** As `\x1b`, `\u202e`: one line, every character to be seen, in the same words as in a terminal. */
export function visibleLine(text: string): string {
  return text.replace(UNSEEN, shown);
}

/** As `visibleLine`, but line ends and tabs do what they are for; a CR before LF goes. */
export function visibleBlock(text: string): string {
  return text.replace(/\r\n/g, '\n').replace(UNSEEN, (char) => (LAYOUT.has(char) ? char : shown(char)));
}

const SHORT: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

function shown(char: string): string {
  const short = SHORT[char];
  if (short) return short;
  const code = char.codePointAt(0) ?? 0;
  if (code < 0x100) return `\\x${code.toString(16).padStart(2, '0')}`;
  return code < 0x10000 ? `\\u${code.toString(16).padStart(4, '0')}` : `\\u{${code.toString(16)}}`;
}
