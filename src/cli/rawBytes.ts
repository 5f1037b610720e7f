/**
 * What is no UTF-8 in words, variables and the working folder's name: Node hands them over with such bytes replaced, a
 * program must get them as they are. Linux only, where /proc has the bytes.
 */
import { readFileSync, statSync } from 'node:fs';

export interface Launch {
  readonly file: string;
  readonly argv0: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/** The bytes that this process was started with. */
export interface RawStart {
  readonly words: readonly Buffer[];
  readonly variables: readonly Buffer[];
}

const NOTHING: RawStart = { words: [], variables: [] };

export function rawStart(folder = '/proc/self'): RawStart {
  try {
    return { words: split(readFileSync(`${folder}/cmdline`)), variables: split(readFileSync(`${folder}/environ`)) };
  } catch {
    return NOTHING; // no /proc
  }
}

/** The working folder, by a name that leads there: its own one, or, where that cannot be written as text, the system's. */
export function workingFolder(named = process.cwd(), byProcess = `/proc/${process.pid}/cwd`): string {
  try {
    const [one, other] = [statSync(named, { throwIfNoEntry: false }), statSync(byProcess)];
    return one?.dev === other.dev && one.ino === other.ino ? named : byProcess;
  } catch {
    return named;
  }
}

/** The same launch with every byte as it came; through a shell that puts them back where text does not hold them. */
export function withRawBytes(launch: Launch, raw: RawStart = rawStart()): Launch {
  const words = rawWords(launch.args, raw.words);
  const variables = raw.variables.filter((entry) => isChanged(entry) && isHandedOn(entry, launch.env));
  if (words.every((word) => word === null) && variables.length === 0) return launch;
  const lines = [
    ...variables.map((entry) => {
      const name = nameOf(entry);
      return `${name}=$(printf %b '${octal(entry.subarray(name.length + 1))}.'); ${name}=\${${name}%.}; export ${name}`;
    }),
    // each word goes to the end of the list in its turn
    ...words.map((word) =>
      word === null ? 'set -- "$@" "$1"; shift' : `w=$(printf %b '${octal(word)}.'); set -- "$@" "\${w%.}"; shift`,
    ),
    'unset w',
    'exec "$0" "$@"',
  ];
  return { ...launch, file: '/bin/sh', argv0: 'sh', args: ['-c', lines.join('\n'), launch.file, ...launch.args] };
}

/** For each argument its bytes where they are not those of its text: arguments are the last words of our own. */
function rawWords(args: readonly string[], words: readonly Buffer[]): (Buffer | null)[] {
  const found: (Buffer | null)[] = args.map(() => null);
  for (let back = 1; back <= Math.min(args.length, words.length); back += 1) {
    const word = words.at(-back) as Buffer;
    if (word.toString() !== args.at(-back)) break;
    if (isChanged(word)) found[args.length - back] = word;
  }
  return found;
}

function split(bytes: Buffer): Buffer[] {
  const parts: Buffer[] = [];
  for (let at = 0; at < bytes.length; ) {
    const end = bytes.indexOf(0, at);
    parts.push(bytes.subarray(at, end < 0 ? bytes.length : end));
    at = end < 0 ? bytes.length : end + 1;
  }
  return parts;
}

const isChanged = (bytes: Buffer): boolean => !Buffer.from(bytes.toString()).equals(bytes);

const nameOf = (entry: Buffer): string => entry.subarray(0, entry.indexOf('=')).toString('latin1');

/** A shell can set it, and we have not changed it ourselves. */
function isHandedOn(entry: Buffer, env: Readonly<Record<string, string>>): boolean {
  const name = nameOf(entry);
  return /^[A-Za-z_]\w*$/.test(name) && env[name] === entry.subarray(name.length + 1).toString();
}

const octal = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => `\\0${byte.toString(8).padStart(3, '0')}`).join('');
