/** The interpreter that a script names in its first line. */
import { open } from 'node:fs/promises';

/** A first line is not longer on any system that reads it (Linux: 256 bytes, `BINPRM_BUF_SIZE`). */
const LIMIT = 256;

/**
 * The Python and its options that the script is installed for: ["/usr/bin/python3"], or ["python3", "-u"] to look up on
 * PATH. Null for `.py` files (they are run by whatever is selected), for other interpreters, and for what cannot be read:
 * whoever runs it will report that.
 */
export async function interpreterOfScript(program: string): Promise<readonly string[] | null> {
  if (/\.pyw?$/i.test(program)) return null;
  return interpreterOfLine(await firstLine(program).catch(() => ''));
}

/** The same, for a first line. */
export function interpreterOfLine(line: string): readonly string[] | null {
  const [, rest] = /^#!\s*(.*)$/.exec(line) ?? [];
  if (rest === undefined) return null;
  const [program = '', ...options] = rest.trim().split(/\s+/);
  // `env` finds the program on PATH; its own options and NAME=value words come first
  const words = /(^|\/)env$/.test(program)
    ? options.slice(options.findIndex((word) => !word.startsWith('-') && !word.includes('=')))
    : [program, ...options];
  const [interpreter = ''] = words;
  return /^(python|pypy)[\d.]*$/.test(interpreter.split('/').at(-1) ?? '') ? words : null;
}

async function firstLine(path: string): Promise<string> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(LIMIT), 0, LIMIT, 0);
    return buffer.toString('utf8', 0, bytesRead).split(/\r?\n/, 1)[0] ?? '';
  } finally {
    await file.close();
  }
}
