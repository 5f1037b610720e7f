/** What to start for a source file: the file, the test, or the module; or nothing, for one that some command uses. */
import { basename } from 'node:path';
import { importFolder, type SourceFacts } from '../../base/uploadPlace';
import type { LaunchAttributes } from '../debug/launchAttributes';
import { libraryOf } from './libraryFile';

export interface Start {
  /** How a person would call it: "upload.py", "pytest test_upload.py::test_large", "python -m package.tool". */
  readonly label: string;
  readonly attributes: LaunchAttributes;
}

/** Names that pytest collects by itself. */
const TESTS = /^(test_.*|.*_test)\.py$/;

/** @returns null when running this file would do nothing: it is a library's, or holds definitions only */
export function startOf(path: string, source: SourceFacts): Start | null {
  if (libraryOf(path)) return null;
  if (TESTS.test(basename(path))) return test(path, source);
  if (!source.runs || source.isPackage) return null;
  return source.needsPackage ? module(path, source) : { label: basename(path), attributes: { program: path } };
}

function test(path: string, { test: names }: SourceFacts): Start {
  const node = (file: string) => [file, ...(names ?? [])].join('::');
  return { label: `pytest ${node(basename(path))}`, attributes: { module: 'pytest', args: [node(path)] } };
}

function module(path: string, source: SourceFacts): Start {
  const name = source.module.replace(/\.__main__$/, '');
  // where `python -m` would be typed
  return { label: `python -m ${name}`, attributes: { module: name, cwd: importFolder(path, source) } };
}
