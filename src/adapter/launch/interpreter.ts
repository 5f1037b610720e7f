/** Which Python the program and debugpy run with, and whether it can be recorded. */
import { LaunchError } from '../../launch/errors';
import { findPython } from '../../launch/python';
import type { Json } from '../proxy/message';
import { askInterpreter, type InterpreterFacts } from './askInterpreter';
import { invalidConfiguration } from './errors';

export interface ChosenInterpreter extends InterpreterFacts {
  /** The file to start. */
  readonly path: string;
  /** Options that the launch configuration gives it, ["-I"]. */
  readonly options: readonly string[];
  /** Why it cannot be recorded; null when it can. */
  readonly unrecorded: string | null;
}

/**
 * The interpreter that `python` (a path, or a path and its options) or the older `pythonPath` names, else the active
 * one. One that is too old for the probe but has a debugpy of its own is used without recording.
 * @throws LaunchError
 */
export async function chooseInterpreter(
  configuration: Json,
  cwd: string,
  env: NodeJS.ProcessEnv,
): Promise<ChosenInterpreter> {
  const { requested, options } = requestedPython(configuration);
  try {
    const { path } = await findPython({ requested, cwd, env });
    return { ...(await askInterpreter(path, cwd, env)), path, options, unrecorded: null };
  } catch (error) {
    if (!(error instanceof LaunchError) || error.name !== 'PythonTooOld' || !requested) throw error;
    const facts = await askInterpreter(requested, cwd, env).catch(() => null);
    if (!facts?.debugpy) throw error;
    return { ...facts, path: requested, options, unrecorded: error.message };
  }
}

function requestedPython({ python, pythonPath, pythonArgs }: Json): { requested: string; options: string[] } {
  if (python !== undefined && pythonPath !== undefined) {
    throw invalidConfiguration('"pythonPath" cannot stand beside "python"');
  }
  const named = python ?? pythonPath ?? [];
  const words = Array.isArray(named) ? named : [named];
  const more = pythonArgs ?? [];
  if (!words.every((word) => typeof word === 'string')) {
    throw invalidConfiguration('"python" must be a path, or a list of a path and options');
  }
  if (!Array.isArray(more) || !more.every((word) => typeof word === 'string')) {
    throw invalidConfiguration('"pythonArgs" must be a list of strings');
  }
  const [requested = '', ...options] = words;
  return { requested, options: [...options, ...more] };
}
