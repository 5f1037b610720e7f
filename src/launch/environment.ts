/** The environment variables through which the probe gets into a program and learns where to write. */
import { delimiter } from 'node:path';
import { bootstrapFolder } from './installation';

export { probeFolder } from './installation';

export interface ProbeSettings {
  /** Absolute path of the capture folder. */
  readonly captureFolder: string;
  /** Payload bytes kept per stream; the probe's default when absent. */
  readonly streamBudget?: number | undefined;
  /** Payload bytes kept in the whole capture; the probe's default when absent. */
  readonly captureBudget?: number | undefined;
}

export const CAPTURE_VARIABLE = 'FRAMEWIRE_CAPTURE';
export const STREAM_BUDGET_VARIABLE = 'FRAMEWIRE_STREAM_BUDGET';
export const CAPTURE_BUDGET_VARIABLE = 'FRAMEWIRE_CAPTURE_BUDGET';
const OWN = [CAPTURE_VARIABLE, STREAM_BUDGET_VARIABLE, CAPTURE_BUDGET_VARIABLE];

/**
 * The program's environment: `base` with the probe first on PYTHONPATH and its settings. The user's own PYTHONPATH
 * stays behind it.
 * @throws LaunchError ProbeMissing
 */
export function probeEnvironment(base: NodeJS.ProcessEnv, settings: ProbeSettings): Record<string, string> {
  const env = plainEnvironment(base);
  const probe = bootstrapFolder();
  const theirs = env.PYTHONPATH ? [env.PYTHONPATH] : [];
  env.PYTHONPATH = [probe, ...theirs].join(delimiter);
  env[CAPTURE_VARIABLE] = settings.captureFolder;
  if (settings.streamBudget !== undefined) env[STREAM_BUDGET_VARIABLE] = String(settings.streamBudget);
  if (settings.captureBudget !== undefined) env[CAPTURE_BUDGET_VARIABLE] = String(settings.captureBudget);
  return env;
}

/** `base` without a probe: nothing of ours in it, also when we run inside a recorded program ourselves. */
export function plainEnvironment(base: NodeJS.ProcessEnv): Record<string, string> {
  const env: Record<string, string> = {};
  for (const [name, value] of Object.entries(base)) {
    if (value !== undefined && !OWN.includes(name)) env[name] = value;
  }
  const recorded = base[CAPTURE_VARIABLE] !== undefined;
  if (recorded && env.PYTHONPATH !== undefined) {
    const probe = bootstrapFolder();
    const rest = env.PYTHONPATH.split(delimiter).filter((folder) => folder !== probe);
    if (rest.length > 0) env.PYTHONPATH = rest.join(delimiter);
    else delete env.PYTHONPATH;
  }
  return env;
}
