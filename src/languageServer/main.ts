/** The language server's process. It speaks over what the client chose: `--node-ipc`, `--stdio` or `--socket=PORT`. */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { serve } from './server';
import { loadGrammar } from './syntax/grammar';

const folder = join(dirname(fileURLToPath(import.meta.url)), 'grammar');
serve(
  createConnection(ProposedFeatures.all),
  loadGrammar({ runtime: join(folder, 'web-tree-sitter.wasm'), python: join(folder, 'tree-sitter-python.wasm') }),
);
