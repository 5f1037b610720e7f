/** Text from the wire, made safe to look at: nothing hides, nothing reorders what stands beside it. */

/** Controls, what changes direction or has no width, and what is no character. */
const UNSEEN =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\u{e0000}-\u{e007f}]|[\ud800-\udfff]/gu;
/** Those that end or space a line may stay in a body. */
const LAYOUT = new Set(['\n', '\t']);

/** `␛`, `‹U+202E›`: one line, every character to be seen. */
export function visibleLine(text: string): string {
  return text.replace(UNSEEN, shown);
}

/** As `visibleLine`, but line ends and tabs do what they are for; a CR before LF goes. */
export function visibleBlock(text: string): string {
  return text.replace(/\r\n/g, '\n').replace(UNSEEN, (char) => (LAYOUT.has(char) ? char : shown(char)));
}

function shown(char: string): string {
  const code = char.codePointAt(0) ?? 0;
  if (code < 0x20) return String.fromCharCode(0x2400 + code); // Control Pictures
  if (code === 0x7f) return '\u2421';
  return `‹U+${code.toString(16).toUpperCase().padStart(4, '0')}›`;
}
