/** The view "Exception" in Run and Debug: what the program is stopped at, and the exceptions of the session. */
import * as vscode from 'vscode';
import type { ExceptionFrame, ExceptionLink, ExceptionSummary, NamedValue } from '../../messages/dapExceptions';
import { Batch } from './batch';
import { type ExceptionNode, namedBy } from './captureExceptions';
import { setContext } from './contextKeys';
import { errnoText, RELATIONS } from './exceptionText';
import { code, plainLine } from './markdown';
import type { SidebarChange, SidebarData } from './sidebarData';
import type { Stops } from './stops';

export const EXCEPTION_VIEW = 'framewire.exception';

/** Exceptions shown, the latest. */
const MOST_SHOWN = 100;

/** One of a chain that another one names. */
export interface LinkNode {
  readonly kind: 'link';
  readonly exception: ExceptionNode;
  readonly index: number;
}

export interface ValueNode {
  readonly kind: 'value';
  readonly exception: ExceptionNode;
  readonly key: string;
  readonly label: string;
  readonly value: string;
  /** Expression that gives it at the stop. */
  readonly expression: string | null;
}

interface GroupNode {
  readonly kind: 'frames' | 'headers';
  readonly exception: ExceptionNode;
  readonly index: number;
}

export interface FrameNode {
  readonly kind: 'frame';
  readonly exception: ExceptionNode;
  readonly key: string;
  readonly frame: ExceptionFrame;
}

export type ExceptionsNode = ExceptionNode | LinkNode | ValueNode | GroupNode | FrameNode;

export class ExceptionsView implements vscode.TreeDataProvider<ExceptionsNode>, vscode.Disposable {
  readonly #redraw = new vscode.EventEmitter<ExceptionsNode[] | undefined>();
  readonly #batch = new Batch<ExceptionNode | 'all'>((changed) => this.#draw(changed));
  readonly #tree: vscode.TreeView<ExceptionsNode>;
  readonly #subscriptions: vscode.Disposable[];
  #stale = false;
  #stops: readonly ExceptionNode[] = [];

  readonly onDidChangeTreeData = this.#redraw.event;

  constructor(
    private readonly data: SidebarData,
    private readonly stops: Stops,
  ) {
    this.#tree = vscode.window.createTreeView(EXCEPTION_VIEW, { treeDataProvider: this, showCollapseAll: true });
    this.#subscriptions = [
      this.#redraw,
      this.#tree,
      data.onDidChange((change) => this.#follow(change)),
      data.onDidReplace(() => this.#redrawAll()),
      stops.onDidChange(() => this.#takeStops()),
      this.#tree.onDidChangeVisibility(({ visible }) => {
        if (visible && this.#stale) this.#redrawAll();
      }),
    ];
  }

  dispose(): void {
    this.#batch.clear();
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  getChildren(node?: ExceptionsNode): ExceptionsNode[] {
    if (!node) return this.#roots();
    if (node.kind === 'exception') return members(node, 0);
    if (node.kind === 'link') return members(node.exception, node.index);
    const link =
      node.kind === 'frames' || node.kind === 'headers' ? node.exception.summary.chain[node.index] : undefined;
    if (!link) return [];
    const { exception, index } = node as GroupNode;
    return node.kind === 'frames'
      ? link.frames.map((frame, at) => ({ kind: 'frame', exception, key: `${index}/frame/${at}`, frame }))
      : link.headers.map(({ name, value }, at) => valueNode(exception, `${index}/header/${at}`, name, value));
  }

  getTreeItem(node: ExceptionsNode): vscode.TreeItem {
    switch (node.kind) {
      case 'exception':
        return this.#exceptionItem(node);
      case 'link':
        return linkItem(node);
      case 'value':
        return valueItem(node);
      case 'frame':
        return frameItem(node);
      default:
        return groupItem(node);
    }
  }

  /** The row that the user has chosen, else the exception on top. */
  get selected(): ExceptionsNode | null {
    return this.#tree.selection[0] ?? this.#roots()[0] ?? null;
  }

  /** The capture folder in which an exception's exchange is. */
  folderOf({ summary: { id } }: ExceptionNode): string | null {
    return (
      this.data.captures.find(({ exceptions }) => exceptions.find(id))?.folder ??
      this.data.captures.at(-1)?.folder ??
      null
    );
  }

  #roots(): ExceptionNode[] {
    const captured = this.data.captures.flatMap(({ exceptions }) => exceptions.latestFirst(this.#stops));
    return [...this.#stops, ...captured].slice(0, MOST_SHOWN);
  }

  /** A stop that is there still keeps its node, and with it what the user has unfolded. */
  #takeStops(): void {
    const known = new Map(this.#stops.map((node) => [node.summary, node]));
    this.#stops = this.stops.exceptions.map((summary) => known.get(summary) ?? { kind: 'exception', summary });
    this.#batch.add('all');
    this.#noteContext();
  }

  #follow({ exceptions }: SidebarChange): void {
    if (!exceptions) return;
    this.#noteContext();
    // the order of the list is by time, so a new one moves the others
    if (exceptions.added || this.#stops.length > 0) this.#batch.add('all');
    else this.#batch.add(...exceptions.changed);
  }

  #draw(changed: readonly (ExceptionNode | 'all')[]): void {
    const nodes = changed.filter((one) => one !== 'all');
    if (!this.#tree.visible || nodes.length < changed.length) this.#redrawAll();
    else this.#redraw.fire(nodes);
  }

  #redrawAll(): void {
    this.#batch.clear();
    this.#stale = !this.#tree.visible;
    this.#noteContext();
    this.#redraw.fire(undefined);
  }

  #noteContext(): void {
    setContext('framewire.hasExceptions', this.#roots().length > 0);
  }

  #exceptionItem(node: ExceptionNode): vscode.TreeItem {
    const { summary } = node;
    const [link] = summary.chain;
    // the one to look at is open: where the program is stopped, else the latest
    const first = this.#roots()[0] === node;
    const state = first ? vscode.TreeItemCollapsibleState.Expanded : vscode.TreeItemCollapsibleState.Collapsed;
    const item = new vscode.TreeItem(plainLine(link?.name ?? '?'), state);
    item.id = keyOf(node);
    const fate = fateText(summary.fate);
    item.description = plainLine([fate, link?.message].filter(Boolean).join(' · '));
    item.tooltip = tooltip(summary, link, fate);
    item.iconPath = ICONS[summary.fate];
    item.contextValue = contextOf('exception', link, summary);
    item.accessibilityInformation = { label: [link?.name, fate, link?.message].filter(Boolean).join(', ') };
    return item;
  }
}

/** A stop's place in the program is not the next one's: what was unfolded there stays there. */
const keyOf = ({ summary }: ExceptionNode): string => `${summary.fate === 'stopped' ? 'stop/' : ''}${summary.id}`;

export function fateText(fate: ExceptionSummary['fate']): string {
  return {
    stopped: vscode.l10n.t('stopped here'),
    raised: vscode.l10n.t('raised'),
    handled: vscode.l10n.t('handled by the library'),
    caught: vscode.l10n.t('caught'),
    uncaught: vscode.l10n.t('not caught'),
  }[fate];
}

const ICONS: Readonly<Record<ExceptionSummary['fate'], vscode.ThemeIcon>> = {
  stopped: new vscode.ThemeIcon(
    'debug-stackframe',
    new vscode.ThemeColor('debugIcon.breakpointCurrentStackframeForeground'),
  ),
  raised: new vscode.ThemeIcon('zap', new vscode.ThemeColor('list.warningForeground')),
  handled: new vscode.ThemeIcon('info'),
  caught: new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.warningForeground')),
  uncaught: new vscode.ThemeIcon('error', new vscode.ThemeColor('list.errorForeground')),
};

function contextOf(kind: string, link: ExceptionLink | undefined, { exchange }: ExceptionSummary): string {
  return [kind, ...(link?.expression ? ['watchable'] : []), ...(exchange ? ['exchange'] : [])].join(' ');
}

/** What an exception holds, in the order in which one asks for it. */
function members(exception: ExceptionNode, index: number): ExceptionsNode[] {
  const { chain } = exception.summary;
  const link = chain[index];
  if (!link) return [];
  const of = (member: string) => (link.expression ? `${link.expression}.${member}` : null);
  const row = (key: string, label: string, value: string, expression: string | null) =>
    valueNode(exception, `${index}/${key}`, label, value, expression);
  return [
    ...link.args.map((value, at) => row(`args/${at}`, `args[${at}]`, value, of(`args[${at}]`))),
    ...(link.errno ? [row('errno', 'errno', errnoText(link.errno), of('errno'))] : []),
    ...link.attributes.map(({ name, value }: NamedValue) => row(`attribute/${name}`, name, value, of(name))),
    ...link.notes.map((value, at) => row(`note/${at}`, vscode.l10n.t('note'), value, of(`__notes__[${at}]`))),
    ...(link.headers.length > 0 ? [{ kind: 'headers', exception, index } as const] : []),
    ...(link.frames.length > 0 ? [{ kind: 'frames', exception, index } as const] : []),
    ...namedBy(chain, index).map((at) => ({ kind: 'link', exception, index: at }) as const),
  ];
}

function valueNode(
  exception: ExceptionNode,
  key: string,
  label: string,
  value: string,
  expression: string | null = null,
): ValueNode {
  return { kind: 'value', exception, key, label, value, expression };
}

function linkItem(node: LinkNode): vscode.TreeItem {
  const { summary } = node.exception;
  const link = summary.chain[node.index];
  const item = new vscode.TreeItem(plainLine(link?.name ?? '?'), vscode.TreeItemCollapsibleState.Expanded);
  item.id = `${keyOf(node.exception)}/${node.index}`;
  const relation = link?.relation ? RELATIONS[link.relation] : '';
  item.description = plainLine([relation, link?.message].filter(Boolean).join(' · '));
  item.tooltip = tooltip(summary, link, relationText(link?.relation ?? null));
  item.iconPath = new vscode.ThemeIcon('arrow-small-right');
  item.contextValue = contextOf('link', link, summary);
  item.accessibilityInformation = { label: [link?.name, relation, link?.message].filter(Boolean).join(', ') };
  return item;
}

function relationText(relation: ExceptionLink['relation']): string {
  if (relation === 'cause') return vscode.l10n.t('the direct cause of the one above');
  if (relation === 'context') return vscode.l10n.t('the one above was raised while this one was handled');
  return vscode.l10n.t('named in the one above');
}

function valueItem(node: ValueNode): vscode.TreeItem {
  const item = new vscode.TreeItem(plainLine(node.label));
  item.id = `${keyOf(node.exception)}/${node.key}`;
  item.description = plainLine(node.value);
  item.tooltip = new vscode.MarkdownString(`${code(node.label)} = ${code(node.value)}`);
  item.contextValue = node.expression ? 'value watchable' : 'value';
  return item;
}

function groupItem(node: GroupNode): vscode.TreeItem {
  const link = node.exception.summary.chain[node.index];
  const frames = node.kind === 'frames';
  const label = frames ? vscode.l10n.t('frames') : vscode.l10n.t('headers');
  const item = new vscode.TreeItem(label, vscode.TreeItemCollapsibleState.Collapsed);
  item.id = `${keyOf(node.exception)}/${node.index}/${node.kind}`;
  const own = link?.frames.find((frame) => frame.own);
  const count = String((frames ? link?.frames : link?.headers)?.length ?? 0);
  item.description = frames && own ? `${count} · ${plainLine(place(own))}` : count;
  item.iconPath = new vscode.ThemeIcon(frames ? 'layers' : 'list-flat');
  item.contextValue = 'group';
  return item;
}

/** "upload.py:12" */
const place = ({ file, line }: ExceptionFrame): string => `${file.split(/[\\/]/).at(-1)}:${line}`;

function frameItem({ exception, key, frame }: FrameNode): vscode.TreeItem {
  const item = new vscode.TreeItem(plainLine(frame.function));
  item.id = `${keyOf(exception)}/${key}`;
  item.description = plainLine(place(frame));
  item.tooltip = plainLine(`${frame.file}:${frame.line}`);
  item.iconPath = frame.own
    ? new vscode.ThemeIcon('account', new vscode.ThemeColor('charts.blue'))
    : new vscode.ThemeIcon('library', new vscode.ThemeColor('disabledForeground'));
  item.contextValue = 'frame';
  const whose = frame.own ? vscode.l10n.t('your code') : vscode.l10n.t('library');
  item.accessibilityInformation = { label: `${frame.function}, ${place(frame)}, ${whose}` };
  const title = vscode.l10n.t('Open Source');
  item.command = { command: 'framewire.exception.openFrame', title, arguments: [frame.file, frame.line] };
  return item;
}

/** What an exception says comes from servers, too: it is shown as code and never as Markdown. */
function tooltip(summary: ExceptionSummary, link: ExceptionLink | undefined, how: string): vscode.MarkdownString {
  const { where, pid, at } = summary;
  const lines = [
    `**${code(link?.type ?? '?')}** ${how}`,
    ...(link?.message ? [code(link.message)] : []),
    ...(where ? [`${vscode.l10n.t('seen in')} ${code(where)}`] : []),
    ...(pid === null ? [] : [vscode.l10n.t('process {0}', pid)]),
    ...(at === null ? [] : [new Date(at).toLocaleTimeString()]),
  ];
  return new vscode.MarkdownString(lines.join('  \n'));
}
