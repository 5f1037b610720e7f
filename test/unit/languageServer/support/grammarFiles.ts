import { join } from 'node:path';
import type { GrammarFiles } from '../../../../src/languageServer/syntax/grammar';
import { checkout } from '../../../support/checkout';

/** The grammar as npm installs it; the built product has copies beside its server. */
export const grammarFiles: GrammarFiles = {
  runtime: join(checkout, 'node_modules/web-tree-sitter/web-tree-sitter.wasm'),
  python: join(checkout, 'node_modules/tree-sitter-python/tree-sitter-python.wasm'),
};
