/** Runs debugpy's adapter and speaks with it over its standard streams. */
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import type { Backend, BackendEnd } from '../proxy/backend';
import { Connection } from '../proxy/connection';

export interface DebugpyCommand {
  /** The interpreter that runs it. */
  readonly python: string;
  /** The package's folder, ".../debugpy". */
  readonly package: string;
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
}

/** Characters of its last words on standard error that are kept. */
const SAID = 4096;
/** Milliseconds to wait for the streams' end after the process's: somebody else may hold them open. */
const STREAMS = 1_000;

export function spawnDebugpy({ python, package: folder, cwd, env }: DebugpyCommand): Backend {
  // by path and not by -m: neither PYTHONPATH nor the working folder can put another debugpy in its place
  const child = spawn(python, [`${folder}/adapter`], { cwd, env, stdio: ['pipe', 'pipe', 'pipe'], windowsHide: true });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => {
    said = (said + chunk.toString('utf8')).slice(-SAID);
  });
  child.stderr.on('error', () => undefined);
  return {
    connection: new Connection(child.stdout, child.stdin),
    ended: endOf(child).then((how) => ({ how, said: said.trim() })),
    kill: () => {
      child.kill('SIGKILL');
    },
  };
}

function endOf(child: ChildProcessByStdio<Writable, Readable, Readable>): Promise<BackendEnd['how']> {
  return new Promise((resolve) => {
    child.on('error', (error) => resolve(`could not be started (${error.message})`));
    child.on('exit', (code, signal) => {
      const how = signal ? `was ended by ${signal}` : `exited with code ${code}`;
      child.on('close', () => resolve(how));
      setTimeout(() => resolve(how), STREAMS).unref();
    });
  });
}
