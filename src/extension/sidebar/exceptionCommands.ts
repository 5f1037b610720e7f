/** What can be done with an exception of the sidebar. Each takes the row, or what is selected. */
import * as vscode from 'vscode';
import type { ExceptionLink } from '../../messages/dapExceptions';
import { openSource } from '../panels/openSource';
import { EXCEPTION_VIEW, type ExceptionsNode, type ExceptionsView } from './exceptionsView';
import { exceptionText } from './exceptionText';
import { searchQuery } from './searchQuery';

export type ExceptionCommandId =
  | 'framewire.exception.show'
  | 'framewire.exception.copy'
  | 'framewire.exception.watch'
  | 'framewire.exception.search'
  | 'framewire.exception.openExchange'
  | 'framewire.exception.openFrame';

export function exceptionCommands(view: ExceptionsView): Record<ExceptionCommandId, (...given: unknown[]) => unknown> {
  const nodeOf = (given: unknown) => (given as ExceptionsNode | undefined) ?? view.selected;
  return {
    'framewire.exception.show': () => vscode.commands.executeCommand(`${EXCEPTION_VIEW}.focus`),
    'framewire.exception.copy': (given) => {
      const text = textOf(nodeOf(given));
      return text === null ? chooseFirst() : vscode.env.clipboard.writeText(text);
    },
    'framewire.exception.watch': (given) => {
      const evaluateName = expressionOf(nodeOf(given));
      // the command of the Variables view, which takes what that view gives it
      if (evaluateName !== null) return vscode.commands.executeCommand(WATCH, { variable: { evaluateName } });
      return vscode.window.showInformationMessage(
        vscode.l10n.t('Only an exception at which the program is stopped can be watched.'),
      );
    },
    'framewire.exception.search': (given) => {
      const found = linkOf(nodeOf(given));
      return found ? vscode.env.openExternal(searchUri(searchQuery(found.chain, found.index))) : chooseFirst();
    },
    'framewire.exception.openExchange': (given) => {
      const exception = exceptionOf(nodeOf(given));
      const folder = exception && view.folderOf(exception);
      const exchange = exception?.summary.exchange;
      if (folder && exchange) return vscode.commands.executeCommand('framewire.openWirePanel', folder, exchange);
      return chooseFirst();
    },
    'framewire.exception.openFrame': (file, line) => openFrame(String(file), Number(line)),
  };
}

const WATCH = 'debug.addToWatchExpressions';

async function openFrame(file: string, line: number): Promise<void> {
  try {
    await openSource(file, line, { preserveFocus: false, column: undefined });
  } catch (error) {
    void vscode.window.showWarningMessage(error instanceof Error ? error.message : String(error));
  }
}

/** Opened on the user's click only, with nothing in it but the words of the search. */
export function searchUri(query: string): vscode.Uri {
  const template = vscode.workspace.getConfiguration('framewire').get('exception.searchUrl', '');
  const uri = vscode.Uri.parse(template);
  const usable = uri.scheme === 'https' && template.includes(PLACE);
  const base = usable ? uri : vscode.Uri.parse(DEFAULT_SEARCH);
  return base.with({ query: base.query.replace(PLACE, () => encodeURIComponent(query)) });
}

const PLACE = '{query}';
const DEFAULT_SEARCH = `https://duckduckgo.com/?q=${PLACE}`;

function chooseFirst(): undefined {
  void vscode.window.showInformationMessage(vscode.l10n.t('Choose an exception in the view Exception first.'));
}

function exceptionOf(node: ExceptionsNode | null) {
  if (!node) return null;
  return node.kind === 'exception' ? node : node.exception;
}

function linkOf(node: ExceptionsNode | null): { chain: readonly ExceptionLink[]; index: number } | null {
  const exception = exceptionOf(node);
  if (!node || !exception) return null;
  return { chain: exception.summary.chain, index: 'index' in node ? node.index : 0 };
}

function textOf(node: ExceptionsNode | null): string | null {
  if (node?.kind === 'value') return node.value;
  if (node?.kind === 'frame') return `${node.frame.file}:${node.frame.line}`;
  const found = linkOf(node);
  return found && exceptionText(found.chain, found.index);
}

function expressionOf(node: ExceptionsNode | null): string | null {
  if (node?.kind === 'value') return node.expression;
  const found = linkOf(node);
  return found?.chain[found.index]?.expression ?? null;
}
