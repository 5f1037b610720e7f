/** What the language server does with a source of 10,000 lines, step by step, in milliseconds. Bundled and run by the benchmark. */
import { readFileSync } from 'node:fs';
import { analyze } from '../../src/languageServer/analysis/analyze';
import { loadGrammar } from '../../src/languageServer/syntax/grammar';
import { PythonSource } from '../../src/languageServer/syntax/pythonSource';
import { grammarFiles } from '../unit/languageServer/support/grammarFiles';

export interface Round {
  readonly parse: number;
  readonly convert: number;
  readonly analysis: number;
  readonly update: number;
  readonly reconvert: number;
  readonly reanalysis: number;
}

export interface Measured {
  readonly sites: number;
  readonly rounds: readonly Round[];
}

/** A module of classes that upload, read configuration and keep accounts. */
export function generatedSource(lines: number): string {
  const parts = ['import requests', 'import socket', ''];
  for (let index = 0; parts.length < lines; index += 1) {
    parts.push(
      `class Uploader${index}(Base):`,
      `    """Uploads the things of kind ${index}, one by one."""`,
      '',
      '    def __init__(self, url, retries=3, **options):',
      '        super().__init__(url)',
      '        self.session = requests.Session()',
      `        self.counts = {key: value for key, value in options.items() if key.startswith('n${index}')}`,
      '        self.retries = retries',
      '',
      '    def upload(self, path, chunk_size=65536):',
      '        headers = {"Content-Type": self.guess(path), "X-Length": str(os.path.getsize(path))}',
      '        with open(path, "rb") as source:',
      '            for attempt in range(self.retries):',
      '                try:',
      '                    reply = self.session.put(f"{self.url}/{path}", data=source, headers=headers)',
      '                    self.counts["sent"] = self.counts.get("sent", 0) + int(reply.headers.get("X-Got", 0))',
      '                except OSError as error:',
      '                    log.warning("attempt %d of %s failed: %s", attempt, path, error)',
      '        return self.counts["sent"] > 0 and reply.status_code in (200, 201)',
      '',
    );
  }
  return `${parts.slice(0, lines).join('\n')}\n`;
}

/** Files one after the other, as many whole lines of them as are wanted. */
export function joinedSource(paths: readonly string[], lines: number): string {
  const all = paths.flatMap((path) => readFileSync(path, 'utf8').split('\n'));
  if (all.length < lines) throw new Error(`${all.length} lines are too few for a source of ${lines}.`);
  return `${all.slice(0, lines).join('\n')}\n`;
}

/** Types one character into the middle of the source, each time anew. */
export async function measure(text: string, count: number): Promise<Measured> {
  const grammar = await loadGrammar(grammarFiles);
  const at = text.indexOf('self', text.length / 2);
  const edited = `${text.slice(0, at)}x${text.slice(at)}`;
  const row = text.slice(0, at).split('\n').length - 1;
  const column = at - (text.lastIndexOf('\n', at - 1) + 1);
  let sites = 0;
  const round = (): Round => {
    const source = new PythonSource(grammar);
    const clock = stopwatch();
    source.parse(text);
    const parse = clock();
    const statements = source.statements(text);
    const convert = clock();
    sites = analyze(statements).sites.length;
    const analysis = clock();
    source.edit({
      startIndex: at,
      oldEndIndex: at,
      newEndIndex: at + 1,
      startPosition: { row, column },
      oldEndPosition: { row, column },
      newEndPosition: { row, column: column + 1 },
    });
    source.parse(edited);
    const update = clock();
    const again = source.statements(edited);
    const reconvert = clock();
    analyze(again);
    const reanalysis = clock();
    source.dispose();
    return { parse, convert, analysis, update, reconvert, reanalysis };
  };
  round(); // what is compiled on the way counts for nobody
  return { rounds: Array.from({ length: count }, round), sites };
}

/** Milliseconds since the last call. */
function stopwatch(): () => number {
  let last = performance.now();
  return () => {
    const now = performance.now();
    const passed = now - last;
    last = now;
    return passed;
  };
}
