/** Runs the analysis over the corpus' files and compares what it finds with the labels. */
import { readFileSync } from 'node:fs';
import { analyze } from '../../src/languageServer/analysis/analyze';
import { hintsFor } from '../../src/languageServer/hints/hints';
import { modulePlace } from '../../src/languageServer/modulePlace';
import { defaultSettings } from '../../src/languageServer/settings';
import { loadGrammar } from '../../src/languageServer/syntax/grammar';
import { PythonSource } from '../../src/languageServer/syntax/pythonSource';
import { grammarFiles } from '../unit/languageServer/support/grammarFiles';

/** Labels are "LINE NAME": where the call begins and the last name of what it calls. */
export interface LabelledFile {
  readonly package: string;
  readonly version: string;
  readonly file: string;
  /** In which sample it was drawn; see README.md. */
  readonly sample: 1 | 2 | 3;
  /** Calls that send data, as this file alone tells. */
  readonly sends: readonly string[];
  /** Calls that do or may send data, which only another file tells, and calls of functions that are no simple wrappers. */
  readonly elsewhere: readonly string[];
  /** Calls that look like it by their name and do not; so does every call that is not listed at all. */
  readonly silent: readonly string[];
  /** Hints that are true of the source, as "LINE KIND". */
  readonly hints: readonly string[];
}

export interface FileScore {
  readonly label: LabelledFile;
  readonly found: number;
  readonly missed: readonly string[];
  readonly wrong: readonly string[];
  /** Of the calls labelled `elsewhere`, how many were reported. */
  readonly elsewhere: number;
  readonly hints: { readonly right: number; readonly missed: readonly string[]; readonly wrong: readonly string[] };
  /** By library of the calls that were rightly found. */
  readonly libraries: Readonly<Record<string, number>>;
}

/** @param paths where the files lie, in the labels' order */
export async function scoreCorpus(labels: readonly LabelledFile[], paths: readonly string[]): Promise<FileScore[]> {
  const grammar = await loadGrammar(grammarFiles);
  return labels.map((label, index) => {
    const path = paths[index] ?? '';
    const text = readFileSync(path, 'utf8');
    const source = new PythonSource(grammar);
    source.parse(text);
    const analysis = analyze(source.statements(text), modulePlace(path));
    const { sites } = analysis;
    source.dispose();
    const lineOf = lineCounter(text);
    const reported = new Map<string, string>();
    for (const { call, library } of sites) {
      const { callee } = call.node;
      const name = callee.kind === 'name' ? callee.id : callee.kind === 'attribute' ? callee.name : '';
      reported.set(`${lineOf(call.base + call.node.start)} ${name}`, library);
    }
    const found = label.sends.filter((call) => reported.has(call));
    const libraries: Record<string, number> = {};
    for (const call of found) {
      const library = reported.get(call) ?? '';
      libraries[library] = (libraries[library] ?? 0) + 1;
    }
    const hints = hintsFor(analysis, text, defaultSettings.hints).map(({ start, kind }) => `${lineOf(start)} ${kind}`);
    return {
      label,
      found: found.length,
      missed: label.sends.filter((call) => !reported.has(call)),
      wrong: [...reported.keys()].filter((call) => !label.sends.includes(call) && !label.elsewhere.includes(call)),
      elsewhere: label.elsewhere.filter((call) => reported.has(call)).length,
      hints: {
        right: hints.filter((hint) => label.hints.includes(hint)).length,
        missed: label.hints.filter((hint) => !hints.includes(hint)),
        wrong: hints.filter((hint) => !label.hints.includes(hint)),
      },
      libraries,
    };
  });
}

function lineCounter(text: string): (offset: number) => number {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return (offset) => {
    let low = 0;
    let high = starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle;
    }
    return low + 1;
  };
}
