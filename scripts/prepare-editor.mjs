// Makes the editor of the `vscode` tier ready, beside the tiers before it: on a new machine code-server takes two minutes to build.
import { ensureCodeServer } from './lib/codeServer.mjs';
import { chooseHost } from './lib/vscodeHosts.mjs';

if ((await chooseHost()).name === 'web') ensureCodeServer();
