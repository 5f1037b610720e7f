/** A tree view as lines of text, as far as it would be unfolded: for suites, which cannot see the workbench. */
import type * as vscode from 'vscode';

/** @param deep also what is folded */
export function outline<T>(view: vscode.TreeDataProvider<T>, deep: boolean): string[] {
  const lines: string[] = [];
  const visit = (node: T | undefined, depth: number) => {
    for (const child of (view.getChildren(node) as T[] | undefined) ?? []) {
      const { label, description, collapsibleState } = view.getTreeItem(child) as vscode.TreeItem;
      const text = typeof label === 'string' ? label : (label?.label ?? '');
      lines.push(`${'  '.repeat(depth)}${[text, description].filter(Boolean).join('  ')}`);
      if (collapsibleState && (deep || collapsibleState === EXPANDED)) visit(child, depth + 1);
    }
  };
  visit(undefined, 0);
  return lines;
}

/** vscode.TreeItemCollapsibleState.Expanded */
const EXPANDED = 2;
