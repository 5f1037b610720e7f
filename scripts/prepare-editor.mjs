// Makes the web editor of the `vscode` tier ready, beside the tiers before it: on a new machine that takes two minutes.
import { ensureCodeServer } from './lib/codeServer.mjs';

ensureCodeServer();
