/** Text from servers and captures in Markdown: it is shown, and never obeyed. Free of the editor's API. */

/** Control characters, and those that reorder or hide text. */
const UNSAFE = /[\u0000-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g;
/** Characters of one value. */
const MOST = 500;

/** One line without anything that could move or hide text around it. */
export function plainLine(text: string): string {
  const line = text.replace(UNSAFE, '�');
  return line.length > MOST ? `${line.slice(0, MOST)}…` : line;
}

/** A code span: no link, image, command or HTML comes out of it, whatever the text holds. */
export function code(text: string): string {
  const line = plainLine(text);
  const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  // a span loses one blank at each end when there is one at both
  return `${fence} ${line === '' ? ' ' : line} ${fence}`;
}
