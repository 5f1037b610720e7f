/** Exchanges and places for the tests of what the editor shows of them. */
import { TextDocument } from 'vscode-languageserver-textdocument';
import { type Anchor, Anchors } from '../../../../src/languageServer/exchanges/anchors';
import type { Place } from '../../../../src/languageServer/exchanges/placedExchanges';
import type { PlacedExchange } from '../../../../src/messages/language';
import { analysisOf } from './source';

/** The original case: refused with 413 while it was being sent, and never read. */
export function refusedExchange(given: Partial<PlacedExchange> = {}): PlacedExchange {
  return {
    capture: '/captures/one',
    id: 'process-1-1.fwp/5/0',
    method: 'POST',
    url: 'https://localhost:8444/api/asciicasts',
    status: 413,
    reason: 'Request Entity Too Large',
    unreadReply: true,
    bytes: {
      announced: 12_444_000,
      handed: 12_444_474,
      accepted: 115_906,
      acknowledged: 98_212,
      received: 348,
      whole: 12_444_474,
      derived: ['accepted', 'acknowledged'],
      atLeast: [],
    },
    began: Date.UTC(2026, 10, 22, 10, 42, 28),
    duration: 11,
    error: { type: 'SSLEOFError', errno: 8, message: 'EOF occurred in violation of protocol' },
    finding: {
      id: 'refused-early',
      title: 'The server refused the body (413) and closed the connection.',
      severity: 'error',
      advice: [{ text: 'Send less at once.', code: null }],
    },
    live: false,
    ...given,
  };
}

/** A place at a line (from 1) of a text, as it stands there. */
export function placeIn(text: string, line: number, given: Partial<Place> = {}): Place {
  const written = text.split('\n')[line - 1]?.trim() ?? null;
  return { line, text: written, calls: null, initiator: true, exchange: refusedExchange(), ...given };
}

export function anchorsIn(text: string, ...places: readonly Place[]): { document: TextDocument; anchors: Anchor[] } {
  const document = TextDocument.create('file:///upload.py', 'python', 1, text);
  const anchors = new Anchors();
  anchors.place(places, document, analysisOf(text));
  return { document, anchors: anchors.in(document) };
}
