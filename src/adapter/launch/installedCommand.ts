/** `"command": "asciinema"`: an installed tool by its name, resolved to its script, interpreter and distribution. */
import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { interpreterOfScript } from '../../base/shebang';
import { plainEnvironment } from '../../launch/environment';
import { findProgram } from '../../launch/searchPath';
import { isJson, type Json } from '../proxy/message';
import { commandNotFound, commandNotPython, invalidConfiguration } from './errors';
import { chooseInterpreter } from './interpreter';

export interface ResolvedCommand {
  /** The launch configuration without `command`: with `program` or `code`, `python`, and a rule for its package. */
  readonly configuration: Json;
  /** What was found, one sentence for the debug console. */
  readonly note: string;
}

/** What an interpreter's metadata say of a command. */
interface Installed {
  /** "asciinema.__main__:main" */
  readonly entryPoint: string;
  readonly distribution: string;
  readonly version: string;
}

/** Milliseconds: a large installation is read through. */
const PATIENCE = 20_000;
const MARK = 'framewire-command';

const QUESTION = `
import json, sys
sys.path[:] = [entry for entry in sys.path if entry]
found = None
try:
    from importlib.metadata import distributions
    for one in distributions():
        for point in one.entry_points:
            if found is None and point.group == "console_scripts" and point.name == sys.argv[1]:
                found = {"entryPoint": point.value, "distribution": one.metadata["Name"], "version": one.version}
except Exception:
    pass
sys.stdout.write("\\n${MARK}\\n" + json.dumps(found) + "\\n")
`;

/**
 * Null when the configuration names no command. A Python script runs as it is installed, with the interpreter of its
 * first line; what is none, such as a launcher on Windows, by its entry point.
 * @param env what the program inherits, with the configuration's changes
 * @throws LaunchError CommandNotFound, CommandNotPython, InvalidConfiguration, and those of finding a Python
 */
export async function resolveCommand(
  given: Json,
  cwd: string,
  env: NodeJS.ProcessEnv,
): Promise<ResolvedCommand | null> {
  const { command, ...rest } = given;
  if (command === undefined || command === null || command === '') return null;
  if (typeof command !== 'string') throw invalidConfiguration('"command" must be a string');
  const other = ['program', 'module', 'code'].find((name) => given[name]);
  if (other) throw invalidConfiguration(`only one of "command" and "${other}" can run`);
  const path = findProgram(command, env, cwd);
  if (path === null) throw commandNotFound(command);
  const itsOwn = await interpreterOfScript(resolve(cwd, path));
  const python = given.python ?? given.pythonPath ?? itsOwn ?? undefined;
  const interpreter = await chooseInterpreter(
    python === undefined ? rest : { ...rest, python, pythonPath: undefined },
    cwd,
    env,
  );
  const name = nameOf(path);
  const installed = await askMetadata([interpreter.path, ...interpreter.options], name, cwd, env);
  const isScript = itsOwn !== null || /\.pyw?$/i.test(path);
  if (!isScript && !installed) throw commandNotPython(path, interpreter.path);
  const { pythonPath: _, pythonArgs: __, ...plain } = rest;
  return {
    configuration: {
      ...plain,
      cwd,
      python: [interpreter.path, ...interpreter.options],
      ...(isScript ? { program: path } : { code: startingCode(path, (installed as Installed).entryPoint) }),
      ...(installed ? { rules: withPackage(given.rules, installed.entryPoint) } : {}),
    },
    note: noteOf(path, installed, interpreter.path, interpreter.version),
  };
}

function nameOf(path: string): string {
  const base = path.split(/[\\/]/).at(-1) ?? path;
  return base.replace(/\.(exe|cmd|bat|com|pyw?)$/i, '').replace(/-script$/, '');
}

/** The tool's own package counts as the user's code, wherever it is installed; the configuration's rules go first. */
function withPackage(rules: unknown, entryPoint: string): Json[] {
  const [module = ''] = entryPoint.split(':');
  const [top = ''] = module.trim().split('.');
  return [...(Array.isArray(rules) ? rules.filter(isJson) : []), { module: top, include: true }];
}

/** What the script would do that an installer makes of an entry point. */
function startingCode(path: string, entryPoint: string): string {
  const [module = '', attribute = 'main'] = entryPoint.split('[', 1)[0]?.trim().split(':') ?? [];
  return [
    'import sys, importlib, operator',
    `sys.argv[0] = ${JSON.stringify(path)}`,
    `sys.exit(operator.attrgetter(${JSON.stringify(attribute.trim())})(importlib.import_module(${JSON.stringify(module.trim())}))())`,
  ].join('\n');
}

function noteOf(path: string, installed: Installed | null, python: string, version: string): string {
  const what = installed
    ? `is ${installed.distribution} ${installed.version}, entry point ${installed.entryPoint}`
    : 'is a script of no known distribution';
  return `Framewire: ${path} ${what}, run by ${python} (Python ${version}).`;
}

/** Null when no distribution of that interpreter has such a command, or it cannot tell. */
function askMetadata(
  [python = '', ...options]: readonly string[],
  name: string,
  cwd: string,
  env: NodeJS.ProcessEnv,
): Promise<Installed | null> {
  const quiet = { ...plainEnvironment(env), PYTHONIOENCODING: 'utf-8:surrogateescape' };
  return new Promise((settle) => {
    const how = { cwd, env: quiet, timeout: PATIENCE, killSignal: 'SIGKILL' as const, windowsHide: true };
    const child = execFile(python, [...options, '-c', QUESTION, name], how, (_error, stdout) => {
      const lines = stdout.split(/\r?\n/);
      try {
        const told: unknown = JSON.parse(lines[lines.lastIndexOf(MARK) + 1] ?? '');
        settle(isJson(told) ? (told as unknown as Installed) : null);
      } catch {
        settle(null);
      }
    });
    child.stdin?.end();
  });
}
