/** What the language server tells the editor for "Debug Upload Here": both sides of one request. */
import { dirname } from 'node:path';

export const UPLOAD_PLACE_REQUEST = 'framewire/uploadPlace';

interface Position {
  readonly line: number;
  readonly character: number;
}

export interface UploadPlaceParams {
  readonly textDocument: { readonly uri: string };
  /** What was asked about, as the protocol counts; null for the file. */
  readonly range: { readonly start: Position; readonly end: Position } | null;
}

/** The lines whose sends were meant, both inclusive and counted from 1. */
export interface UploadPlace {
  /** A call that sends, else the function around, else the file. */
  readonly kind: 'call' | 'function' | 'file';
  readonly line: number;
  readonly endLine: number;
  /** "requests.post" of a call, "Uploader.send" of a function. */
  readonly name: string | null;
  readonly source: SourceFacts;
}

/** What decides how a file is run. */
export interface SourceFacts {
  /** Running the file does something: it has `if __name__ == '__main__'`, or code that is more than definitions. */
  readonly runs: boolean;
  /** It imports from the package it lies in, so it runs as a module of it only. */
  readonly needsPackage: boolean;
  /** Dotted name, "package.module". */
  readonly module: string;
  /** Whether it is a package's `__init__.py`. */
  readonly isPackage: boolean;
  /** Class and function of the test asked about: ["TestUpload", "test_large"]; null outside of one. */
  readonly test: readonly string[] | null;
}

/** The folder from which Python imports the module at `path`: the one that its outermost package lies in. */
export function importFolder(path: string, { module, isPackage }: Pick<SourceFacts, 'module' | 'isPackage'>): string {
  let folder = dirname(path);
  const depth = module.split('.').length - (isPackage ? 0 : 1);
  for (let level = 0; level < depth; level += 1) folder = dirname(folder);
  return folder;
}
