/** Texts of servers and programs, made harmless for the places where an editor shows them. */

/** Longer texts of others are cut: a hover is no place for a page. */
const MAX_LENGTH = 300;
/** Control characters, invisible ones and those that turn the direction of what follows. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\u2028\u2029]+/gu;

/** One line without anything invisible in it. */
export function visible(text: string): string {
  const line = text.replace(/[\r\n\t]+/g, ' ').replace(INVISIBLE, '\ufffd');
  return line.length > MAX_LENGTH ? `${line.slice(0, MAX_LENGTH).replace(/[\ud800-\udbff]$/, '')}…` : line;
}

/** The same as Markdown that stands for just this text: no markup, links, images, HTML or icons come of it. */
export function asMarkdown(text: string): string {
  // every ASCII punctuation character may be escaped (CommonMark 2.4); an escaped scheme is no automatic link either
  return visible(text).replace(/[!-/:-@[-`{-~]/g, '\\$&');
}
