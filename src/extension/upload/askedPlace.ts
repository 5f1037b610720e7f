/** What a command was called on: the code lens, the menus of the editor, its gutter and the explorer, or the palette. */
import * as vscode from 'vscode';

export interface Asked {
  readonly uri: vscode.Uri;
  /** Null for the whole file. */
  readonly range: vscode.Range | null;
}

/** Null when there is nothing that it could be about. */
export function askedPlace(first: unknown, second: unknown): Asked | null {
  const editor = vscode.window.activeTextEditor;
  // the gutter tells a line, from 1
  if (isRecord(first) && typeof first.lineNumber === 'number') {
    const uri = first.uri instanceof vscode.Uri ? first.uri : editor?.document.uri;
    const line = Math.max(first.lineNumber - 1, 0);
    return uri ? { uri, range: new vscode.Range(line, 0, line, 0) } : null;
  }
  const uri = typeof first === 'string' ? vscode.Uri.parse(first, true) : first instanceof vscode.Uri ? first : null;
  const range = rangeOf(second);
  if (uri && range) return { uri, range };
  // the explorer gives the files that are selected there as well, and means the file
  if (uri && Array.isArray(second)) return { uri, range: null };
  if (!editor || (uri && editor.document.uri.toString() !== uri.toString())) return uri && { uri, range: null };
  return { uri: editor.document.uri, range: editor.selection };
}

/** A range of the editor's, or one of the language server's, which is a plain object. */
function rangeOf(value: unknown): vscode.Range | null {
  if (!isRecord(value)) return null;
  const [start, end] = [value.start, value.end].map((position) =>
    isRecord(position) && typeof position.line === 'number' && typeof position.character === 'number'
      ? new vscode.Position(position.line, position.character)
      : null,
  );
  return start && end ? new vscode.Range(start, end) : null;
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
