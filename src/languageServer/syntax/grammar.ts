/** The Python grammar: tree-sitter compiled to WebAssembly, which reads every construct of Python up to 3.13. */
import { Language, Parser } from 'web-tree-sitter';

/** Where the two WebAssembly files lie. */
export interface GrammarFiles {
  /** web-tree-sitter.wasm */
  readonly runtime: string;
  /** tree-sitter-python.wasm */
  readonly python: string;
}

export interface Grammar {
  readonly language: Language;
  newParser(): Parser;
}

let runtime: Promise<void> | undefined;

/** Loads the grammar. The runtime is loaded once per process. */
export async function loadGrammar(files: GrammarFiles): Promise<Grammar> {
  runtime ??= Parser.init({ locateFile: () => files.runtime });
  await runtime;
  const language = await Language.load(files.python);
  return { language, newParser: () => new Parser().setLanguage(language) };
}
