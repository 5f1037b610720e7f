/**
 * The panel's host as a process of its own: `panelHost.mjs FOLDER [--revealed]`, started with an IPC channel. It keeps
 * the work on a large capture away from the editor, and ends with its parent.
 */
import type { Packet } from '../messages/panelChannel';
import { PanelHost } from './panelHost';

const [folder, ...flags] = process.argv.slice(2);
if (folder === undefined || !process.send) {
  process.stderr.write('usage: panelHost.mjs FOLDER [--revealed], with an IPC channel\n');
  process.exit(64);
}
new PanelHost(
  {
    send: (packet) => process.send?.(packet),
    listen: (receive) => {
      process.on('message', (message) => receive(message as Packet));
      return () => process.removeAllListeners('message');
    },
  },
  { folder, revealed: flags.includes('--revealed') },
);
process.on('disconnect', () => process.exit(0));
