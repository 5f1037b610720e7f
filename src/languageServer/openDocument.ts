/** A Python document that is open in the editor, parsed and analyzed as it changes. */
import { fileURLToPath } from 'node:url';
import type { TextDocumentContentChangeEvent } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { type Analysis, analyze, type ModulePlace } from './analysis/analyze';
import { Anchors } from './exchanges/anchors';
import { MENTIONS } from './library/catalog';
import { modulePlace } from './modulePlace';
import type { Block } from './syntax/ast';
import type { Grammar } from './syntax/grammar';
import { PythonSource } from './syntax/pythonSource';

export class OpenDocument {
  readonly #source: PythonSource;
  readonly #place: ModulePlace | null;
  /** Where the last exchanges stand in it. */
  readonly anchors = new Anchors();
  /** The file's path; null for a document that has none. */
  readonly path: string | null;
  #document: TextDocument;
  #analysis: Analysis | null = null;

  constructor(grammar: Grammar, uri: string, version: number, text: string) {
    this.#document = TextDocument.create(uri, 'python', version, text);
    this.#source = new PythonSource(grammar);
    this.path = uri.startsWith('file:') ? fileURLToPath(uri) : null;
    this.#place = this.path === null ? null : modulePlace(this.path);
  }

  get document(): TextDocument {
    return this.#document;
  }

  change(changes: readonly TextDocumentContentChangeEvent[], version: number): void {
    for (const change of changes) {
      const before = this.#document;
      if (!('range' in change)) {
        this.#source.reset();
        this.anchors.edit(0, before.getText().length, change.text.length);
        TextDocument.update(before, [change], version);
        continue;
      }
      const startIndex = before.offsetAt(change.range.start);
      const oldEndIndex = before.offsetAt(change.range.end);
      const newEndIndex = startIndex + change.text.length;
      this.anchors.edit(startIndex, oldEndIndex, change.text.length);
      const startPosition = point(before, startIndex);
      const oldEndPosition = point(before, oldEndIndex);
      this.#document = TextDocument.update(before, [change], version);
      const newEndPosition = point(this.#document, newEndIndex);
      this.#source.edit({ startIndex, oldEndIndex, newEndIndex, startPosition, oldEndPosition, newEndPosition });
    }
    this.#analysis = null;
  }

  /** The calls of the current text, or null when it cannot have any. */
  analysis(): Analysis | null {
    if (this.#analysis) return this.#analysis;
    const text = this.#document.getText();
    // most files of a project have nothing to do with the network
    if (!MENTIONS.test(text)) {
      this.#source.reset();
      return null;
    }
    this.#analysis = analyze(this.statements(), this.#place);
    return this.#analysis;
  }

  /** The current text's statements, whatever they are about. */
  statements(): Block {
    const text = this.#document.getText();
    this.#source.parse(text);
    return this.#source.statements(text);
  }

  /** Where it stands among modules, by its path. */
  get place(): ModulePlace {
    return this.#place ?? { name: '', isPackage: false };
  }

  dispose(): void {
    this.#source.dispose();
  }
}

function point(document: TextDocument, offset: number): { row: number; column: number } {
  const { line, character } = document.positionAt(offset);
  return { row: line, column: character };
}
