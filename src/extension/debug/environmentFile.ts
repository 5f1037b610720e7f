/** Reads `.env` files: `NAME=value` lines, as python-dotenv and the Python extension take them. */

const LINE = /^\s*(?:export\s+)?([A-Za-z_][A-Za-z0-9_.]*)\s*=\s*(.*?)\s*$/;
const REFERENCE = /\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g;

/**
 * The variables of a file's text. `#` begins a comment (outside quotes after a space), single quotes keep everything as it is,
 * double quotes know `\n` and `\"`; `${NAME}` stands for an earlier variable of the file, else for one of `base`.
 * Lines that are no assignment are left out.
 */
export function parseEnvironmentFile(content: string, base: NodeJS.ProcessEnv): Record<string, string> {
  const found: Record<string, string> = {};
  for (const line of content.replace(/^\uFEFF/, '').split(/\r?\n/)) {
    const [, name, raw] = LINE.exec(line) ?? [];
    if (name === undefined || raw === undefined) continue;
    const { value, literal } = unquote(raw);
    found[name] = literal
      ? value
      : value.replace(REFERENCE, (_, reference: string) => found[reference] ?? base[reference] ?? '');
  }
  return found;
}

function unquote(raw: string): { value: string; literal: boolean } {
  const single = /^'([^']*)'/.exec(raw);
  if (single) return { value: single[1] ?? '', literal: true };
  const double = /^"((?:[^"\\]|\\.)*)"/.exec(raw);
  if (double) {
    const value = (double[1] ?? '').replace(/\\(.)/g, (_, character: string) => ESCAPES[character] ?? `\\${character}`);
    return { value, literal: false };
  }
  return { value: raw.replace(/(^|\s+)#.*$/, ''), literal: false };
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\' };
