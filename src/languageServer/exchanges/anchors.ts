/** Where the last exchanges stand in a document that is being edited. */
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Analysis } from '../analysis/analyze';
import { callSpan, nameSpan } from '../features/ranges';
import type { Span } from '../syntax/ast';
import { siteAt } from './matching';
import { isLater, isSame, type Place } from './placedExchanges';

export interface Anchor {
  readonly place: Place;
  /** The call, or the line where no call is known. */
  readonly span: Span;
  /** The last name of what is called; the line where no call is known. */
  readonly name: Span;
  readonly isCall: boolean;
}

interface Kept {
  readonly place: Place;
  readonly isCall: boolean;
  readonly text: string;
  /** Where the name stands in the text. */
  readonly name: Span;
  start: number;
  end: number;
}

/** A line that has moved is looked for this far from where it was. */
const SEARCHED_LINES = 2000;

export class Anchors {
  private kept: Kept[] = [];

  /** Finds the places anew. */
  place(places: readonly Place[], document: TextDocument, analysis: Analysis | null): void {
    this.kept = [];
    this.add(places, document, analysis);
  }

  /** Adds places of exchanges that have come since; what stood at the same call gives way. */
  add(places: readonly Place[], document: TextDocument, analysis: Analysis | null): void {
    for (const place of places) {
      const anchor = anchorOf(place, document, analysis);
      if (!anchor) continue;
      const nameAt = anchor.start + anchor.name.start;
      const at = this.kept.findIndex(
        ({ start, name, isCall }) => start + name.start === nameAt && isCall === anchor.isCall,
      );
      const known = this.kept[at];
      if (!known) this.kept.push(anchor);
      else if (!isLater(known.place.exchange, place.exchange)) this.kept[at] = anchor;
    }
  }

  /** Takes an exchange away. */
  drop(capture: string, id: string): void {
    this.kept = this.kept.filter(({ place }) => !isSame(place.exchange, { capture, id }));
  }

  /** Follows an edit: `[start, end)` was replaced by `length` characters. */
  edit(start: number, end: number, length: number): void {
    const by = length - (end - start);
    for (const one of this.kept) {
      if (end <= one.start) {
        one.start += by;
        one.end += by;
      } else if (start < one.end) {
        // changed; if it is undone later, the call is the same again
        one.start = Math.min(one.start, start);
        one.end = Math.max(one.end, end) + by;
      }
    }
  }

  /** Those whose call is as it was when it ran. */
  in(document: TextDocument): Anchor[] {
    const text = document.getText();
    return this.kept.flatMap(({ place, isCall, text: then, name, start, end }) => {
      // an edit that touched the edges may have left more than the call
      const inside = text.slice(start, end).indexOf(then);
      if (inside < 0) return [];
      const at = start + inside;
      const within = { start: at + name.start, end: at + name.end };
      return [{ place, isCall, span: { start: at, end: at + then.length }, name: within }];
    });
  }
}

function anchorOf(place: Place, document: TextDocument, analysis: Analysis | null): Kept | null {
  const line = lineOf(place, document);
  if (line === null) return null;
  const site = analysis && siteAt(document, analysis, line, place);
  if (site) {
    const span = callSpan(site);
    const name = nameSpan(site);
    // what cannot be told to be the line that ran must at least call what ran
    if (
      place.text === null &&
      (place.calls === null || document.getText().slice(name.start, name.end) !== place.calls)
    ) {
      return null;
    }
    return kept(place, document, span, name, true);
  }
  if (!place.initiator || place.text === null) return null;
  const start = document.offsetAt({ line, character: 0 });
  const written = document.getText().slice(start, document.offsetAt({ line: line + 1, character: 0 }));
  const from = start + (written.length - written.trimStart().length);
  const span = { start: from, end: from + written.trim().length };
  return kept(place, document, span, span, false);
}

function kept(place: Place, document: TextDocument, span: Span, name: Span, isCall: boolean): Kept {
  return {
    place,
    isCall,
    text: document.getText().slice(span.start, span.end),
    name: { start: name.start - span.start, end: name.end - span.start },
    start: span.start,
    end: span.end,
  };
}

/** The line of the document that ran: the same text, as near as there is one. From 0; null when it is gone. */
function lineOf({ line, text }: Place, document: TextDocument): number | null {
  const first = line - 1;
  if (text === null) return first < document.lineCount ? first : null;
  if (text === '') return null;
  const isIt = (candidate: number) =>
    candidate >= 0 && candidate < document.lineCount && textAt(document, candidate) === text;
  for (let away = 0; away <= SEARCHED_LINES; away += 1) {
    if (isIt(first - away)) return first - away;
    if (isIt(first + away)) return first + away;
  }
  return null;
}

function textAt(document: TextDocument, line: number): string {
  return document.getText({ start: { line, character: 0 }, end: { line: line + 1, character: 0 } }).trim();
}
