/** Runs the program in the foreground: its terminal, its signals and its end are its own. */
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import type { Invocation } from './commandLine';
import { CliError, NOT_EXECUTABLE, NOT_FOUND } from './errors';
import { withRawBytes } from './rawBytes';

export interface ProgramEnd {
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** Sent to us alone, so passed on. */
const FORWARDED: readonly NodeJS.Signals[] = ['SIGTERM', 'SIGHUP', 'SIGUSR2', 'SIGQUIT'];

/**
 * Resolves when the program has ended. Ctrl+C reaches it through the terminal; we stay until it is done with it.
 * @throws CliError when the system cannot start it
 */
export function runProgram(invocation: Invocation, env: Record<string, string>, cwd: string): Promise<ProgramEnd> {
  return new Promise((settle, fail) => {
    const { file, argv0, args } = withRawBytes({ ...invocation, env });
    const child = spawn(file, args, { argv0, cwd, env, stdio: 'inherit' });
    const forward = (signal: NodeJS.Signals) => child.kill(signal);
    // without a terminal nobody else passes an interrupt on; with one the program has had it already
    const onTerminal = process.stdin.isTTY || process.stdout.isTTY || process.stderr.isTTY;
    const interrupt = onTerminal ? () => undefined : forward;
    for (const signal of FORWARDED) process.on(signal, forward);
    process.on('SIGINT', interrupt);
    const restore = () => {
      for (const signal of FORWARDED) process.off(signal, forward);
      process.off('SIGINT', interrupt);
    };
    child.once('error', (error: NodeJS.ErrnoException) => {
      restore();
      const code = error.code === 'ENOENT' ? NOT_FOUND : NOT_EXECUTABLE;
      fail(new CliError(`${invocation.file} cannot be started: ${reasonOf(error)}.`, code));
    });
    child.once('exit', (exitCode, signal) => {
      restore();
      settle({ exitCode, signal });
    });
  });
}

function reasonOf({ code, message }: NodeJS.ErrnoException): string {
  if (code === 'ENOENT') return 'the interpreter that its first line names does not exist';
  if (code === 'ENOEXEC') return 'the system does not know how to run it';
  return message;
}

/** What a shell calls the end of a program. */
export function exitStatus({ exitCode, signal }: ProgramEnd): number {
  return signal === null ? (exitCode ?? 1) : 128 + (constants.signals[signal] ?? 0);
}

/** Ends us as the program ended, so that a shell's loop stops at Ctrl+C as it would without us. */
export function endLike(end: ProgramEnd): void {
  process.exitCode = exitStatus(end);
  // signals that write a core file would write one of ours
  if (end.signal && ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGKILL'].includes(end.signal))
    process.kill(process.pid, end.signal);
}
