/** Which Python the program and debugpy run with, and whether it can be recorded. */
import { LaunchError } from '../../launch/errors';
import { findPython } from '../../launch/python';
import type { Json } from '../proxy/message';
import { askInterpreter, type InterpreterFacts } from './askInterpreter';
import { invalidConfiguration } from './errors';

export interface ChosenInterpreter {
  /** The file to start. */
  readonly path: string;
  /** "3.11.2" */
  readonly version: string;
  /** The debugpy that is installed with it: asks it, which takes as long as importing that. */
  readonly ownDebugpy: () => Promise<InterpreterFacts['debugpy']>;
  /** Options that the launch configuration gives it, ["-I"]. */
  readonly options: readonly string[];
  /** Why it cannot be recorded; null when it can. */
  readonly unrecorded: string | null;
}

/**
 * The interpreter that `python` (a path, or a path and its options) or the older `pythonPath` names, else the active
 * one. One that is too old for the probe but has a debugpy of its own is used without recording.
 * @param onTrying called with a path that may become it, as early as can be
 * @throws LaunchError
 */
export async function chooseInterpreter(
  configuration: Json,
  cwd: string,
  env: NodeJS.ProcessEnv,
  onTrying?: (path: string) => void,
): Promise<ChosenInterpreter> {
  const { requested, options } = requestedPython(configuration);
  try {
    const { path, version } = await findPython({ requested, cwd, env, onTrying });
    const ownDebugpy = async () => (await askInterpreter(path, cwd, env)).debugpy;
    return { path, version, ownDebugpy, options, unrecorded: null };
  } catch (error) {
    if (!(error instanceof LaunchError) || error.name !== 'PythonTooOld' || !requested) throw error;
    const facts = await askInterpreter(requested, cwd, env).catch(() => null);
    if (!facts?.debugpy) throw error;
    const { version, debugpy } = facts;
    const ownDebugpy = () => Promise.resolve(debugpy);
    return { path: requested, version, ownDebugpy, options, unrecorded: error.message };
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
