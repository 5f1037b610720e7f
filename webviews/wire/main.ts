/** Composition root of the wire panel's webview. */
import './style/panel.css';
import type { EditorCalls, PanelCalls, PanelEvents } from '../../src/messages/panel';
import { Channel } from '../../src/messages/panelChannel';
import { keepFocus } from '../common/keepFocus';
import { registerToolkit } from '../common/toolkit';
import { pipe } from '../common/vscodeApi';
import { PanelApp } from './panelApp';
import { StateStore } from './state';

registerToolkit();
const root = document.getElementById('panel');
if (!root) throw new Error('The page has no element for the panel.');
const channel = new Channel<object, PanelCalls & EditorCalls, object, PanelEvents>(pipe, {});
const app = new PanelApp(channel, new StateStore(root.dataset.folder ?? null, root.dataset.exchange ?? null));
root.replaceChildren(app.element);
keepFocus(root);
void app.start();
