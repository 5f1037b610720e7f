/** The commands that are installed for an interpreter, asked of the interpreter itself. */
import { execFile } from 'node:child_process';
import { tmpdir } from 'node:os';

export interface ConsoleScript {
  readonly name: string;
  readonly distribution: string;
  readonly version: string;
  /** The module that it starts in: "asciinema.__main__". */
  readonly module: string;
  /** Where its script lies; null where none was found beside the interpreter or on PATH. */
  readonly path: string | null;
}

/** Milliseconds: a large installation is read through. */
const PATIENCE = 20_000;
const MARK = 'framewire-scripts';

const QUESTION = `
import json, os, shutil, sys, sysconfig
sys.path[:] = [entry for entry in sys.path if entry]
found = {}
try:
    from importlib.metadata import distributions
    folders = [sysconfig.get_path("scripts"), os.path.dirname(sys.executable), "/usr/local/bin", "/usr/bin"]
    def place(name):
        for folder in folders:
            for ending in ("", ".exe"):
                path = os.path.join(folder, name + ending)
                if os.path.isfile(path):
                    return path
        return shutil.which(name)
    for one in distributions():
        for point in one.entry_points:
            if point.group == "console_scripts" and point.name not in found:
                found[point.name] = {
                    "name": point.name, "distribution": one.metadata["Name"], "version": one.version,
                    "module": point.value.partition(":")[0].strip(), "path": place(point.name),
                }
except Exception as error:
    sys.stderr.write(repr(error))
sys.stdout.write("\\n${MARK}\\n" + json.dumps(sorted(found.values(), key=lambda one: one["name"].lower())) + "\\n")
`;

/** By name; none when the interpreter cannot be asked. */
export function consoleScripts(python: string): Promise<readonly ConsoleScript[]> {
  const how = {
    cwd: tmpdir(),
    timeout: PATIENCE,
    killSignal: 'SIGKILL',
    windowsHide: true,
    maxBuffer: 1 << 24,
  } as const;
  const env = { ...process.env, PYTHONIOENCODING: 'utf-8', PYTHONDONTWRITEBYTECODE: '1' };
  return new Promise((settle) => {
    const child = execFile(python, ['-c', QUESTION], { ...how, env }, (_error, stdout) => {
      // what a sitecustomize prints comes before it
      const lines = stdout.split(/\r?\n/);
      try {
        settle(JSON.parse(lines[lines.lastIndexOf(MARK) + 1] ?? ''));
      } catch {
        settle([]);
      }
    });
    child.stdin?.end();
  });
}

/** Whether a command starts in this package. */
export const startsIn = ({ module }: ConsoleScript, packageName: string | null): boolean =>
  module.split('.')[0] === packageName;
