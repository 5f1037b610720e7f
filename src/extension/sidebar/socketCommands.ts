/** What can be done with a connection of the sidebar. Each takes the row, a connection's id, or what is selected. */
import * as vscode from 'vscode';
import type { SocketNode } from './captureSockets';
import type { SocketsNode, SocketsView } from './socketsView';
import { socketAddresses, socketFigures } from './socketText';

export type SocketCommandId =
  | 'framewire.socket.open'
  | 'framewire.socket.copyFigures'
  | 'framewire.socket.copyAddress'
  | 'framewire.socket.follow'
  | 'framewire.socket.unfollow'
  | 'framewire.sockets.showEarlier';

export function socketCommands(view: SocketsView): Record<SocketCommandId, (given?: unknown) => unknown> {
  const withSocket = (act: (socket: SocketNode) => unknown) => (given?: unknown) => {
    const socket = socketOf(view, given);
    if (socket) return act(socket);
    void vscode.window.showInformationMessage(vscode.l10n.t('Choose a connection in the view Sockets first.'));
    return undefined;
  };
  const copy = (text: (summary: SocketNode['summary']) => string) =>
    withSocket(({ summary }) => vscode.env.clipboard.writeText(text(summary)));
  return {
    'framewire.socket.open': withSocket((socket) => open(view, socket)),
    'framewire.socket.copyFigures': copy(socketFigures),
    'framewire.socket.copyAddress': copy(socketAddresses),
    'framewire.socket.follow': withSocket((socket) => view.follow(socket)),
    'framewire.socket.unfollow': () => view.follow(null),
    'framewire.sockets.showEarlier': (given) => {
      const node = given as SocketsNode | undefined;
      if (node?.kind === 'earlier') view.showEarlier(node);
    },
  };
}

function socketOf(view: SocketsView, given: unknown): SocketNode | null {
  if (typeof given === 'string') return view.find(given);
  const node = (given as SocketsNode | undefined) ?? view.selected;
  if (node?.kind === 'socket') return node;
  return node?.kind === 'detail' ? node.socket : null;
}

/** The wire panel at the exchange that broke on it, or the last. */
function open(view: SocketsView, socket: SocketNode): unknown {
  const { exchange } = socket.summary;
  const folder = view.folderOf(socket);
  if (exchange !== null && folder !== null) {
    return vscode.commands.executeCommand('framewire.openWirePanel', folder, exchange);
  }
  return vscode.window.showInformationMessage(
    vscode.l10n.t('Nothing was exchanged on this connection, so the wire panel has nothing to show of it.'),
  );
}
