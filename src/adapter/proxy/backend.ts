/** The debugger behind the relay: a process that we started, or a socket to one that is running. */
import type { Connection } from './connection';

export interface BackendEnd {
  /** How it ended, for a sentence: "exited with code 1", "was ended by SIGKILL". */
  readonly how: string;
  /** What it printed last on its standard error, "" if nothing. */
  readonly said: string;
}

export interface Backend {
  readonly connection: Connection;
  /** Resolves, never rejects, when it is gone. */
  readonly ended: Promise<BackendEnd>;
  /** Ends it now, whatever it is doing. Safe to call again. */
  kill(): void;
}
