/** Completes launch configurations: defaults, environment file, interpreter. Free of the editor's API. */
import { readFile } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import { t } from '../../base/l10n';
import { parseEnvironmentFile } from './environmentFile';
import { type LaunchAttributes, launchAttributes } from './launchAttributes';

/** What the editor adds to every configuration. */
const EDITORS_OWN = new Set(['type', 'request', 'name']);

export type LaunchConfiguration = LaunchAttributes & { readonly [name: string]: unknown };

/**
 * What is wrong with the attributes of a configuration, one sentence, or null. Attributes that are not described are
 * debugpy's business: they are passed on.
 */
export function whatIsWrong(configuration: Readonly<Record<string, unknown>>): string | null {
  const known = launchAttributes.json.properties as Readonly<Record<string, unknown>>;
  const described = Object.fromEntries(
    Object.entries(configuration).filter(([name, value]) => value != null && !EDITORS_OWN.has(name) && name in known),
  );
  const wrong = launchAttributes.check(described, 'launch.json');
  if (wrong) return wrong;
  const targets = ['program', 'command', 'module', 'code'].filter((name) => configuration[name]);
  if (targets.length === 1) return null;
  return targets.length === 0
    ? t('A "program", a "command", a "module" or "code" is needed.')
    : t('Only one of {0} can run.', targets.map((name) => `"${name}"`).join(', '));
}

/** The defaults that differ from what debugpy does when an attribute is left out. */
export function withDefaults(
  configuration: LaunchConfiguration,
  workspaceFolder: string | undefined,
): LaunchConfiguration {
  const jinja = configuration.jinja ?? (configuration.flask || configuration.module === 'flask' ? true : undefined);
  return {
    console: 'integratedTerminal',
    justMyCode: true,
    showReturnValue: true,
    // the terminal is where the program is seen; the debug console would come in front of it
    ...(configuration.console === 'internalConsole' ? {} : { internalConsoleOptions: 'neverOpen' }),
    ...(workspaceFolder === undefined ? {} : { cwd: workspaceFolder }),
    ...withoutAbsent(configuration),
    ...(jinja === undefined ? {} : { jinja }),
  };
}

/**
 * Puts the variables of `envFile` under those of `env`. Without `envFile`, `.env` of the workspace counts if it exists.
 * @throws Error naming the file when one that was asked for cannot be read.
 */
export async function withEnvironmentFile(
  configuration: LaunchConfiguration,
  workspaceFolder: string | undefined,
  base: NodeJS.ProcessEnv,
): Promise<LaunchConfiguration> {
  const { envFile, ...rest } = configuration;
  const asked = envFile ?? (workspaceFolder === undefined ? undefined : join(workspaceFolder, '.env'));
  if (!asked) return rest;
  const path = isAbsolute(asked) || workspaceFolder === undefined ? asked : join(workspaceFolder, asked);
  let content: string;
  try {
    content = await readFile(path, 'utf8');
  } catch (error) {
    const isDefault = workspaceFolder !== undefined && path === join(workspaceFolder, '.env');
    if (isDefault && (error as NodeJS.ErrnoException).code === 'ENOENT') return rest;
    throw new Error(t('The environment file {0} cannot be read: {1}', path, (error as Error).message));
  }
  return { ...rest, env: { ...parseEnvironmentFile(content, base), ...rest.env } };
}

function withoutAbsent(configuration: LaunchConfiguration): LaunchConfiguration {
  return Object.fromEntries(Object.entries(configuration).filter(([, value]) => value != null));
}
