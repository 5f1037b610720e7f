/**
 * The panel's host as a process of its own: `panelHost.mjs FOLDER [--revealed]`, started with an IPC channel. It keeps
 * the work on a large capture away from the editor, and ends with its parent.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { setPriority } from 'node:os';
import { setFlagsFromString } from 'node:v8';
import { useBundle } from '../base/l10n';
import type { Packet } from '../messages/panelChannel';
import { PanelHost } from './panelHost';

/** Of those from -20, which has the right of way, to 19. */
const NICE = 5;

// in the language of the window that asks; a table that cannot be read leaves it at English
try {
  const table = process.env.FRAMEWIRE_STRINGS;
  if (table) useBundle(JSON.parse(readFileSync(table, 'utf8')));
} catch {
  // the texts are there without it
}

// reading a large capture leaves much behind that is soon garbage: it is to be collected before it has become a lot
setFlagsFromString('--heap-growing-percent=30');

// where processors are few, an editor that draws comes before one that reads on; Linux wants it said of each thread, those
// that collect garbage among them
for (const thread of process.platform === 'linux' ? threads() : [0]) {
  try {
    setPriority(thread, NICE);
  } catch {
    // then they take turns
  }
}

function threads(): number[] {
  try {
    return readdirSync('/proc/self/task').map(Number);
  } catch {
    return [0];
  }
}

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
