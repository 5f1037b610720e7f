/** The command `framewire`. */
import { LaunchError } from '../launch/errors';
import { productVersion } from '../launch/installation';
import { CliError, usageError } from './errors';
import { exportCommand } from './export';
import { help } from './help';
import { type Streams, tell, write } from './output';
import { endLike } from './program';
import { workingFolder } from './rawBytes';
import { run } from './run';
import { show } from './show';

const streams: Streams = { stdout: process.stdout, stderr: process.stderr, env: process.env };

/** The exit code, or null when the end is already settled. */
async function main(args: readonly string[]): Promise<number | null> {
  const [command, ...rest] = args;
  if (command === undefined || command === 'help' || isHelp(command) || (isHelp(rest[0]) && rest.length === 1)) {
    await write(command === undefined ? streams.stderr : streams.stdout, help());
    return command === undefined ? 64 : 0;
  }
  if (command === '--version' || command === '-V') {
    await write(streams.stdout, `framewire ${productVersion()}\n`);
    return 0;
  }
  if (command === 'show') return show(rest, streams, workingFolder());
  if (command === 'export') return exportCommand(rest, streams, workingFolder());
  if (command !== 'run') throw usageError(`There is no command "${command}": it is run, show or export.`);
  endLike(await run(rest, streams, workingFolder()));
  return null;
}

function isHelp(word: string | undefined): boolean {
  return word === '--help' || word === '-h';
}

try {
  const code = await main(process.argv.slice(2));
  if (code !== null) process.exitCode = code;
} catch (error) {
  if (error instanceof CliError || error instanceof LaunchError) {
    await tell(streams, error.message);
    process.exitCode = error.exitCode;
  } else {
    // a mistake of ours: one line for people, the rest on demand
    await tell(streams, `internal error: ${error instanceof Error ? error.message : String(error)}`);
    if (process.env.FRAMEWIRE_DEBUG && error instanceof Error) process.stderr.write(`${error.stack}\n`);
    process.exitCode = 70;
  }
}
