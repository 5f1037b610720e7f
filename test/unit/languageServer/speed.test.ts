/** How long a large source takes. The figures are printed, not asserted: the machine that runs this may be busy. */
import assert from 'node:assert/strict';
import { analyze } from '../../../src/languageServer/analysis/analyze';
import { PythonSource } from '../../../src/languageServer/syntax/pythonSource';
import { grammar } from './support/source';

/** A module of classes that upload, read configuration and keep accounts. */
function largeSource(lines: number): string {
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

describe('a source of 10,000 lines', () => {
  it('is parsed, edited and analyzed', function () {
    this.timeout(60_000);
    const text = largeSource(10_000);
    const at = text.indexOf('attempt in', text.length / 2);
    const edited = `${text.slice(0, at)}x${text.slice(at)}`;
    const row = text.slice(0, at).split('\n').length - 1;
    const column = at - (text.lastIndexOf('\n', at - 1) + 1);
    const rounds = Array.from({ length: 9 }, () => {
      const source = new PythonSource(grammar);
      const clock = stopwatch();
      source.parse(text);
      const parse = clock();
      const statements = source.statements(text);
      const convert = clock();
      const sites = analyze(statements).sites.length;
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
      assert.equal(analyze(again).sites.length, sites);
      const reanalysis = clock();
      source.dispose();
      assert.ok(sites >= 499, `${sites} calls found`);
      return { parse, convert, analysis, update, reconvert, reanalysis };
    });
    const median = (key: keyof (typeof rounds)[number]) => {
      const sorted = rounds.map((round) => round[key]).sort((a, b) => a - b);
      return `${(sorted[sorted.length >> 1] ?? 0).toFixed(1)} ms`;
    };
    process.stdout.write(
      `      opened: parsed in ${median('parse')}, read out in ${median('convert')}, analyzed in ${median('analysis')}\n` +
        `      after an edit: parsed in ${median('update')}, read out in ${median('reconvert')}, analyzed in ${median('reanalysis')}\n`,
    );
  });
});

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
