/** What `framewire --help` prints. */
import { type Command, OPTIONS } from './options';

const EXAMPLES = `  framewire run -- asciinema upload demo.cast     any command that is a Python program
  framewire run upload.py --arg                   a script, with the active Python
  framewire run -m package --arg                  a module
  framewire run -- python3 -X dev upload.py       a Python of your choice
  framewire show                                  the latest recording once more
  framewire show .framewire/2026-11-22T10-42-28   a certain one
  framewire export --format har -o case.har       the latest recording for other tools`;

export function help(): string {
  return `Framewire: runs a Python program and explains what happened on the network.

Usage: framewire run [options] [--] COMMAND [ARGUMENT]...
       framewire show [options] [CAPTURE]
       framewire export [options] [CAPTURE]
       framewire --version | --help

${EXAMPLES}

run: the program keeps its terminal, its output and its exit code; the report follows on
standard error. Everything that went over its sockets stays in the capture folder.

${optionsOf('run')}

show: the report goes to standard output. Without a CAPTURE, the latest one in .framewire.
It takes ${Object.keys(OPTIONS.show)
    .map((name) => `--${name}`)
    .join(', ')}.

export: a recording as a file for other tools (docs/export.md). Without a CAPTURE, the latest one.

${optionsOf('export')}

Exit status: that of the program (128 + n when signal n ended it). 126 and 127: it cannot be run,
or is not found. For what goes wrong in Framewire itself, sysexits: 64 wrong usage, 65 a capture that
cannot be read, 66 no such file, 69 no usable Python, 73 no place for the capture or a file that is
there already, 74 a report or an export that cannot be written.
`;
}

function optionsOf(command: Command): string {
  const entries = Object.entries(OPTIONS[command]).map(([name, spec]) => {
    const value = 'value' in spec ? (spec.takes === 'optional' ? `[=${spec.value}]` : ` ${spec.value}`) : '';
    const short = 'short' in spec ? `-${spec.short}, ` : '';
    return [`  ${short}--${name}${value}`, spec.help] as const;
  });
  const column = Math.max(...entries.map(([left]) => left.length)) + 2;
  return entries.map(([left, text]) => left.padEnd(column) + folded(text, 98 - column, column)).join('\n');
}

function folded(text: string, width: number, indent: number): string {
  const lines = [''];
  for (const word of text.split(' ')) {
    const last = lines.length - 1;
    const joined = lines[last] ? `${lines[last]} ${word}` : word;
    if (joined.length <= width) lines[last] = joined;
    else lines.push(word);
  }
  return lines.join(`\n${' '.repeat(indent)}`);
}
