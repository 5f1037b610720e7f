/** Starts debugpy, as early as can be: it takes longer to come up than all questions to the interpreter together. */
import type { Backend } from '../proxy/backend';
import { type DebugpyLocation, likelyDebugpy, locateDebugpy, newerPythonOnPath } from './debugpyLocation';
import { spawnDebugpy } from './debugpyProcess';
import type { ChosenInterpreter } from './interpreter';

interface Running {
  readonly located: DebugpyLocation;
  readonly backend: Backend;
}

export class DebugpyStart {
  private running: Running | null = null;
  private cancelled = false;

  constructor(
    private readonly cwd: string,
    private readonly env: NodeJS.ProcessEnv,
    private readonly spawn = spawnDebugpy,
    private readonly likely = likelyDebugpy,
  ) {}

  /** Starts the one that is most likely wanted, before anything is known of the interpreter. */
  expect(python: string): void {
    const located = this.likely(python);
    if (located) this.run(located);
  }

  /**
   * The one for this interpreter: what was expected if that is it.
   * @throws LaunchError DebugpyMissing, PythonDidNotAnswer
   */
  async of({ path, version, ownDebugpy }: ChosenInterpreter): Promise<Backend> {
    const facts = { version, debugpy: await ownDebugpy() };
    return this.run(await locateDebugpy(path, facts, () => newerPythonOnPath(this.env, this.cwd)));
  }

  /** Ends what was started; nothing is started any more. */
  cancel(): void {
    this.cancelled = true;
    this.running?.backend.kill();
  }

  private run(located: DebugpyLocation): Backend {
    if (this.running?.located.package === located.package && this.running.located.python === located.python) {
      return this.running.backend;
    }
    this.running?.backend.kill();
    const backend = this.spawn({ python: located.python, package: located.package, cwd: this.cwd, env: this.env });
    this.running = { located, backend };
    if (this.cancelled) backend.kill();
    return backend;
  }
}
