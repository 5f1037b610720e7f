/** Asks an interpreter for its version and for the debugpy that is installed with it. */
import { execFile } from 'node:child_process';
import { dirname } from 'node:path';
import { plainEnvironment } from '../../launch/environment';
import { pythonDidNotAnswer } from '../../launch/errors';

export interface InterpreterFacts {
  /** "3.11.2" */
  readonly version: string;
  /** The debugpy that it would import; null when there is none, or none that can be imported. */
  readonly debugpy: { readonly version: string /** Folder of the package. */; readonly package: string } | null;
}

const MARK = 'framewire-interpreter';
/** Milliseconds. */
const PATIENCE = 15_000;

// The working folder must not answer in debugpy's place, so '' leaves sys.path before anything is imported.
const QUESTION = `
import sys
sys.path[:] = [entry for entry in sys.path if entry]
version, folder = "", ""
try:
    import debugpy
    version, folder = str(debugpy.__version__), debugpy.__file__
except Exception:
    pass
sys.stdout.write("\\n${MARK}\\n%d.%d.%d\\n" % tuple(sys.version_info[:3]) + version + "\\n" + (folder or "") + "\\n")
`;

/** @throws LaunchError PythonDidNotAnswer */
export function askInterpreter(path: string, cwd: string, env: NodeJS.ProcessEnv): Promise<InterpreterFacts> {
  const quiet = { ...plainEnvironment(env), PYTHONIOENCODING: 'utf-8:surrogateescape' };
  return new Promise((resolve, reject) => {
    const options = { cwd, env: quiet, timeout: PATIENCE, killSignal: 'SIGKILL' as const, windowsHide: true };
    const child = execFile(path, ['-c', QUESTION], options, (error, stdout, stderr) => {
      const lines = stdout.split(/\r?\n/);
      const [version, debugpy, file] = lines.slice(lines.lastIndexOf(MARK) + 1);
      if (lines.includes(MARK) && version) {
        resolve({ version, debugpy: debugpy && file ? { version: debugpy, package: dirname(file) } : null });
        return;
      }
      const said = stderr.trim().split('\n').at(-1)?.trim();
      reject(pythonDidNotAnswer(path, said || error?.message.split('\n')[0] || 'it printed nothing'));
    });
    child.stdin?.end();
  });
}
