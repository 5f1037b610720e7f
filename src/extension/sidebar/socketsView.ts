/** The view "Sockets" in Run and Debug: processes, their connections, and what is known of each. */
import * as vscode from 'vscode';
import { grouped } from '../../base/quantities';
import { Batch } from './batch';
import { PAGE, type ProcessNode, rowsOf, type SocketNode } from './captureSockets';
import { setContext } from './contextKeys';
import type { SidebarCapture, SidebarChange, SidebarData } from './sidebarData';
import * as text from './socketText';

export const SOCKETS_VIEW = 'framewire.sockets';

interface DetailNode extends text.Detail {
  readonly kind: 'detail';
  readonly socket: SocketNode;
}

interface EarlierNode {
  readonly kind: 'earlier';
  readonly process: ProcessNode;
}

export type SocketsNode = ProcessNode | EarlierNode | SocketNode | DetailNode;

export class SocketsView implements vscode.TreeDataProvider<SocketsNode>, vscode.Disposable {
  readonly #redraw = new vscode.EventEmitter<SocketsNode[] | undefined>();
  readonly #batch = new Batch<SocketsNode>((changed) => this.#draw(changed));
  readonly #tree: vscode.TreeView<SocketsNode>;
  readonly #subscriptions: vscode.Disposable[];
  /** The connection that is brought into view when it changes. */
  #followed: SocketNode | null = null;
  /** Something changed while the view was hidden. */
  #stale = false;

  readonly onDidChangeTreeData = this.#redraw.event;

  constructor(private readonly data: SidebarData) {
    this.#tree = vscode.window.createTreeView(SOCKETS_VIEW, { treeDataProvider: this, showCollapseAll: true });
    this.#subscriptions = [
      this.#redraw,
      this.#tree,
      data.onDidChange((change) => this.#follow(change)),
      data.onDidReplace(() => this.#redrawAll()),
      this.#tree.onDidChangeVisibility(({ visible }) => {
        if (visible && this.#stale) this.#redrawAll();
      }),
    ];
  }

  dispose(): void {
    this.#batch.clear();
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  getChildren(node?: SocketsNode): SocketsNode[] {
    if (!node) return this.data.captures.flatMap(({ sockets }) => [...sockets.processes.values()].filter(isShown));
    if (node.kind === 'process') {
      const { rows, earlier } = rowsOf(node);
      return earlier > 0 ? [{ kind: 'earlier', process: node }, ...rows] : [...rows];
    }
    if (node.kind !== 'socket') return [];
    return text.socketDetails(node.summary).map((detail) => ({ kind: 'detail', socket: node, ...detail }));
  }

  getParent(node: SocketsNode): SocketsNode | undefined {
    if (node.kind === 'detail') return node.socket;
    return node.kind === 'process' ? undefined : node.process;
  }

  getTreeItem(node: SocketsNode): vscode.TreeItem {
    if (node.kind === 'process') return this.#processItem(node);
    if (node.kind === 'socket') return this.#socketItem(node);
    if (node.kind === 'earlier') return earlierItem(node);
    const item = new vscode.TreeItem(node.label);
    item.id = `${this.#key(node.socket.process)}/${node.socket.summary.id}/${node.key}`;
    item.description = node.value;
    item.tooltip = `${node.label}: ${node.value}`;
    item.contextValue = 'detail';
    return item;
  }

  find(id: string): SocketNode | null {
    for (const { sockets } of this.data.captures) {
      const found = sockets.find(id);
      if (found) return found;
    }
    return null;
  }

  /** The capture folder that a connection is recorded in. */
  folderOf(node: SocketNode): string | null {
    return this.#captureOf(node.process)?.folder ?? null;
  }

  /** The row that the user has chosen; else the connection that one asks for: the followed, the last that failed, the last. */
  get selected(): SocketsNode | null {
    const [chosen] = this.#tree.selection;
    if (chosen && chosen.kind !== 'process') return chosen;
    const all = this.data.captures.flatMap(({ sockets }) =>
      [...sockets.processes.values()].flatMap((process) => [...process.sockets.values()]),
    );
    return this.#followed ?? all.findLast(({ summary }) => summary.state === 'failed') ?? all.at(-1) ?? null;
  }

  get followed(): SocketNode | null {
    return this.#followed;
  }

  /** @param node null to follow none */
  async follow(node: SocketNode | null): Promise<void> {
    const before = this.#followed;
    this.#followed = node;
    this.#redraw.fire([before, node].filter((one) => one !== null));
    if (node) await this.#reveal(node);
  }

  showEarlier({ process }: EarlierNode): void {
    process.shown += PAGE;
    this.#redraw.fire([process]);
  }

  async #reveal(node: SocketNode): Promise<void> {
    const { rows } = rowsOf(node.process);
    if (!rows.includes(node)) node.process.shown = node.process.sockets.size;
    await this.#tree.reveal(node, { select: true, focus: false, expand: true });
  }

  #follow({ sockets }: SidebarChange): void {
    if (!sockets) return;
    setContext('framewire.hasSockets', true);
    if (!this.#tree.visible) {
      this.#stale = true;
      return;
    }
    // a process that is shown for the first time, or has its first connection, is a new row at the top
    const fresh = sockets.added || [...sockets.processes].some((process) => process.sockets.size <= 1);
    if (fresh) this.#redrawAll();
    else this.#batch.add(...sockets.processes, ...sockets.sockets);
  }

  #draw(changed: readonly SocketsNode[]): void {
    const processes = new Set(changed.filter(({ kind }) => kind === 'process'));
    // the rows of a process are drawn with it
    const rest = changed.filter((node) => node.kind !== 'socket' || !processes.has(node.process));
    this.#redraw.fire([...rest]);
    if (this.#followed && changed.includes(this.#followed))
      void this.#reveal(this.#followed).then(undefined, () => undefined);
  }

  #redrawAll(): void {
    this.#batch.clear();
    this.#stale = !this.#tree.visible;
    if (this.#followed && !this.find(this.#followed.summary.id)) this.#followed = null;
    setContext('framewire.hasSockets', this.getChildren().length > 0);
    this.#redraw.fire(undefined);
  }

  #processItem(node: ProcessNode): vscode.TreeItem {
    const { summary } = node;
    const item = new vscode.TreeItem(text.processLabel(summary), vscode.TreeItemCollapsibleState.Expanded);
    item.id = this.#key(node);
    const capture = this.#captureOf(node);
    const session = this.data.captures.length > 1 ? `${capture?.session.name} · ` : '';
    item.description = `${session}${text.processDescription(summary)}`;
    item.tooltip = text.processTooltip(summary);
    const colour = summary.running ? 'charts.green' : 'disabledForeground';
    item.iconPath = new vscode.ThemeIcon('server-process', new vscode.ThemeColor(colour));
    item.contextValue = 'process';
    return item;
  }

  #socketItem(node: SocketNode): vscode.TreeItem {
    const { summary } = node;
    const item = new vscode.TreeItem(text.peerLabel(summary), vscode.TreeItemCollapsibleState.Collapsed);
    item.id = `${this.#key(node.process)}/${summary.id}`;
    const followed = node === this.#followed;
    item.description = `${text.socketDescription(summary)}${followed ? ` · ${vscode.l10n.t('followed')}` : ''}`;
    item.tooltip = text.socketTooltip(summary);
    item.iconPath = ICONS[summary.state];
    item.contextValue = `socket${summary.exchange === null ? '' : ' exchange'}${followed ? ' followed' : ' unfollowed'}`;
    item.accessibilityInformation = { label: text.socketSpoken(summary) };
    return item;
  }

  #captureOf(process: ProcessNode): SidebarCapture | undefined {
    return this.data.captures.find(({ sockets }) => sockets.processes.get(process.summary.id) === process);
  }

  /** The files of two captures may have the same name. */
  #key(process: ProcessNode): string {
    return `${this.#captureOf(process)?.folder}/${process.summary.id}`;
  }
}

/** A process without a connection is no news: most children of a program have none. */
const isShown = ({ sockets }: ProcessNode): boolean => sockets.size > 0;

/** By shape first: the colour only adds to it. */
const ICONS: Readonly<Record<SocketNode['summary']['state'], vscode.ThemeIcon>> = {
  connecting: new vscode.ThemeIcon('sync', new vscode.ThemeColor('charts.yellow')),
  connected: new vscode.ThemeIcon('plug', new vscode.ThemeColor('charts.green')),
  closed: new vscode.ThemeIcon('debug-disconnect', new vscode.ThemeColor('disabledForeground')),
  failed: new vscode.ThemeIcon('error', new vscode.ThemeColor('list.errorForeground')),
};

function earlierItem(node: EarlierNode): vscode.TreeItem {
  const { earlier } = rowsOf(node.process);
  const item = new vscode.TreeItem(
    earlier === 1 ? vscode.l10n.t('1 earlier connection') : vscode.l10n.t('{0} earlier connections', grouped(earlier)),
  );
  item.iconPath = new vscode.ThemeIcon('ellipsis');
  const title = vscode.l10n.t('Show More');
  item.command = { command: 'framewire.sockets.showEarlier', title, arguments: [node] };
  return item;
}
