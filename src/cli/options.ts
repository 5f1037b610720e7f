/** The options of the command line: what there is, and how it is read. Options come before the program to run. */
import { usageError } from './errors';

interface OptionSpec {
  /** "flag" takes no value, "value" takes one, "optional" takes one only as --name=value. */
  readonly takes: 'flag' | 'value' | 'optional';
  /** For the help: what the value is. */
  readonly value?: string;
  /** One letter that stands for it. */
  readonly short?: string;
  readonly help: string;
}

const REPORT_OPTIONS = {
  json: {
    takes: 'optional',
    value: 'FILE',
    help: 'The report as JSON (docs/report-format.md): one line on standard output after the program ended, instead of the report for people; with =FILE into that file (mode 0600), besides it',
  },
  output: { takes: 'value', value: 'FILE', help: 'The same as --json=FILE' },
  reveal: { takes: 'flag', help: 'Leave passwords, tokens and cookies in the report' },
  'no-reverse': { takes: 'flag', help: 'Do not look up the reverse names of servers' },
  color: { takes: 'optional', value: 'WHEN', help: 'always, never or auto (the default: on a terminal)' },
  width: { takes: 'value', value: 'COLUMNS', help: "Width of the report (60 to 132; the default is the terminal's)" },
} as const satisfies Readonly<Record<string, OptionSpec>>;

export const OPTIONS = {
  run: {
    capture: {
      takes: 'value',
      value: 'DIR',
      help: 'Where to record to; a new or empty folder (the default: .framewire/<time>)',
    },
    budget: {
      takes: 'value',
      value: 'SIZE',
      help: 'Bytes kept of each stream, "64K", "16M" (the default), "1G", of a body in small blocks a quarter; counts stay exact',
    },
    'capture-budget': { takes: 'value', value: 'SIZE', help: 'Bytes kept of each process, 512M unless told' },
    python: {
      takes: 'value',
      value: 'PYTHON',
      help: 'Interpreter for a script or -m: a path, a name or a virtual environment',
    },
    ...REPORT_OPTIONS,
  },
  show: REPORT_OPTIONS,
  export: {
    format: {
      takes: 'value',
      value: 'FORMAT',
      help: 'har: HTTP Archive 1.2, for browsers and HTTP tools. pcapng: rebuilt packets with comments, for Wireshark',
    },
    output: {
      takes: 'value',
      value: 'FILE',
      short: 'o',
      help: 'Where to (mode 0600); "-" is standard output, as is anything but a terminal. Without it, a file named after the capture',
    },
    force: { takes: 'flag', help: 'Replace the file if it is there already' },
    reveal: { takes: 'flag', help: 'Leave passwords, tokens and cookies in the file' },
    'max-body': {
      takes: 'value',
      value: 'SIZE',
      help: 'Bytes of each body in a HAR file, 1M unless told, at most 64M',
    },
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, OptionSpec>>>>;

export type Command = keyof typeof OPTIONS;

/** Values by option; `true` for one given without a value. */
export type OptionValues = ReadonlyMap<string, string | true>;

export interface ParsedOptions {
  readonly values: OptionValues;
  /** What is left: the program and its arguments, or the captures to show. */
  readonly rest: readonly string[];
}

/**
 * Reads options up to the first word that is none, or `--`; with `anywhere` also behind such words.
 * @throws CliError for an option that does not exist or lacks its value
 */
export function parseOptions(command: Command, args: readonly string[], anywhere = false): ParsedOptions {
  const specs: Readonly<Record<string, OptionSpec>> = OPTIONS[command];
  const values = new Map<string, string | true>();
  const rest: string[] = [];
  for (let at = 0; at < args.length; at += 1) {
    const word = args[at] ?? '';
    if (word === '--') return { values, rest: [...rest, ...args.slice(at + 1)] };
    const short = shortOption(specs, word);
    if (!word.startsWith('--') && !short) {
      if (!anywhere) return { values, rest: args.slice(at) };
      if (word.startsWith('-') && word.length > 1) throw unknownOption(command, word);
      rest.push(word);
      continue;
    }
    const equals = short ? -1 : word.indexOf('=');
    const name = short ?? word.slice(2, equals < 0 ? undefined : equals);
    const spec = Object.hasOwn(specs, name) ? specs[name] : undefined;
    if (!spec) throw unknownOption(command, word);
    if (equals >= 0) {
      if (spec.takes === 'flag') throw usageError(`--${name} takes no value.`);
      values.set(name, word.slice(equals + 1));
    } else if (spec.takes === 'value') {
      const value = args[at + 1];
      if (value === undefined || value === '--') throw usageError(`--${name} needs a value: --${name} ${spec.value}.`);
      values.set(name, value);
      at += 1;
    } else {
      values.set(name, true);
    }
  }
  return { values, rest };
}

/** The option that "-o" stands for. */
function shortOption(specs: Readonly<Record<string, OptionSpec>>, word: string): string | null {
  if (!/^-[a-z]$/.test(word)) return null;
  return Object.keys(specs).find((name) => specs[name]?.short === word.slice(1)) ?? null;
}

function unknownOption(command: Command, word: string): Error {
  const name = word.split('=')[0] ?? word;
  const close = Object.keys(OPTIONS[command]).find(
    (each) => `--${each}`.startsWith(name) || distance(each, name.slice(2)) <= 2,
  );
  return usageError(`framewire ${command} has no option ${name}.${close ? ` Did you mean --${close}?` : ''}`);
}

/** Edits between two words (Levenshtein). */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

/** "64K", "16M", "1G" or plain bytes, in powers of 1024. */
export function parseSize(option: string, text: string): number {
  const [, number, unit = ''] = /^(\d+)\s*([kmg]?)(?:i?b)?$/i.exec(text) ?? [];
  if (number === undefined) throw usageError(`--${option} takes a size such as 64K, 16M or 1G, not "${text}".`);
  return Number(number) * 1024 ** ['', 'k', 'm', 'g'].indexOf(unit.toLowerCase());
}
