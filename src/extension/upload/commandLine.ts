/** Command lines as people type them, and the launch attributes that they stand for. */
import { isAbsolute, resolve } from 'node:path';
import type { LaunchAttributes } from '../debug/launchAttributes';

/** Words parted by spaces; quotes keep them together, and outside of single quotes a backslash takes the next character as it is. */
export function wordsOf(line: string, windows = process.platform === 'win32'): string[] {
  const words: string[] = [];
  let word: string | null = null;
  let quote: string | null = null;
  for (let at = 0; at < line.length; at += 1) {
    const character = line[at] ?? '';
    const next = line[at + 1];
    if (quote !== null && character === quote) quote = null;
    // on Windows a backslash parts folders
    else if (character === '\\' && quote !== "'" && next !== undefined && (!windows || next === '"')) {
      word = (word ?? '') + next;
      at += 1;
    } else if (quote === null && (character === '"' || character === "'")) {
      quote = character;
      word ??= '';
    } else if (quote === null && /\s/.test(character)) {
      if (word !== null) words.push(word);
      word = null;
    } else word = (word ?? '') + character;
  }
  return word === null ? words : [...words, word];
}

/** A line that `wordsOf` takes apart into these words. */
export function lineOf(words: readonly string[]): string {
  return words
    .map((word) =>
      /^[\w@%+=:,./~\\-]+$/.test(word) && !word.includes('\\') ? word : `"${word.replace(/["\\]/g, '\\$&')}"`,
    )
    .join(' ');
}

/**
 * What a line runs: `[NAME=value…] command args`, `python -m module args`, `script.py args`; null for an empty one.
 * @param cwd where relative paths of scripts begin
 */
export function attributesOf(line: string, cwd: string): LaunchAttributes | null {
  const words = wordsOf(line.trim().replace(/^\$ /, ''));
  const env: Record<string, string> = {};
  for (;;) {
    const [, name, value] = /^([A-Za-z_]\w*)=(.*)$/s.exec(words[0] ?? '') ?? [];
    if (name === undefined || value === undefined) break;
    env[name] = value;
    words.shift();
  }
  const [first, ...args] = words;
  if (first === undefined) return null;
  const run = /(^|[\\/])(python|pypy)[\d.]*(\.exe)?$/i.test(first)
    ? pythonRun(first, args, cwd)
    : programRun(first, args, cwd);
  return run && { ...run, ...(Object.keys(env).length > 0 ? { env } : {}) };
}

function programRun(first: string, args: string[], cwd: string): LaunchAttributes {
  return /\.pyw?$/i.test(first) ? { program: absolute(first, cwd), args } : { command: first, args };
}

/** Null for an interpreter without anything to run. */
function pythonRun(python: string, words: string[], cwd: string): LaunchAttributes | null {
  const given = /[\\/]/.test(python) ? { python: absolute(python, cwd) } : {};
  const pythonArgs: string[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    const options = pythonArgs.length > 0 ? { ...given, pythonArgs } : given;
    const next = words[at + 1];
    if (word === '-m' || word === '-c') {
      if (next === undefined) return null;
      return { ...options, ...(word === '-m' ? { module: next } : { code: next }), args: words.slice(at + 2) };
    }
    if (!word.startsWith('-')) return { ...options, program: absolute(word, cwd), args: words.slice(at + 1) };
    pythonArgs.push(word);
    if ((word === '-X' || word === '-W') && next !== undefined) {
      pythonArgs.push(next);
      at += 1;
    }
  }
  return null;
}

const absolute = (path: string, cwd: string) => (isAbsolute(path) ? path : resolve(cwd, path));
