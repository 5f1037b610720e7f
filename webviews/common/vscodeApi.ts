/** The editor's side of the webview: messages and the state that survives a reload. */
import type { Packet, Pipe } from '../../src/messages/panelChannel';

interface VsCodeApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}
declare function acquireVsCodeApi(): VsCodeApi;

export const vscodeApi = acquireVsCodeApi();

export const pipe: Pipe = {
  send: (packet) => vscodeApi.postMessage(packet),
  listen(receive) {
    const listener = (event: MessageEvent) => receive(event.data as Packet);
    window.addEventListener('message', listener);
    return () => window.removeEventListener('message', listener);
  },
};
