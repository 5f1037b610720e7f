/** Reads and checks what a launch configuration says to the adapter itself; the rest is debugpy's to judge. */
import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { type WireOptions, wireOptions } from '../../messages/wireOptions';
import type { Json } from '../proxy/message';
import { invalidConfiguration, programMissing } from './errors';

export interface LaunchConfiguration {
  /** Where the program runs, absolute; by debugpy's rules when it is not given. */
  readonly cwd: string;
  readonly wire: WireOptions;
  /** Changes to the environment; null takes a variable away. */
  readonly env: Readonly<Record<string, string | null>>;
  /** What is run, for people: ["upload.py", "--arg"]. */
  readonly command: readonly string[];
}

/** @throws LaunchError InvalidConfiguration, ProgramMissing */
export function readLaunchConfiguration(configuration: Json): LaunchConfiguration {
  const wrong = configuration.wire === undefined ? null : wireOptions.check(configuration.wire, 'wire');
  if (wrong) throw invalidConfiguration(wrong);
  const program = optionalText(configuration, 'program');
  const module = optionalText(configuration, 'module');
  const cwd = resolve(optionalText(configuration, 'cwd') ?? (program ? dirname(program) : '.'));
  if (!existsSync(cwd)) throw invalidConfiguration(`"cwd" names the folder ${cwd}, which does not exist`);
  if (program && !existsSync(resolve(cwd, program))) throw programMissing(resolve(cwd, program));
  return {
    cwd,
    wire: (configuration.wire ?? {}) as WireOptions,
    env: environmentChanges(configuration.env),
    command: [...(program ? [program] : module ? ['-m', module] : ['-c']), ...words(configuration.args)],
  };
}

/** Numbers among the program's arguments become text: Helix makes a number of what looks like one, and debugpy refuses it. */
export function withTextArguments(configuration: Json): Json {
  const { args } = configuration;
  if (!Array.isArray(args)) return configuration;
  return { ...configuration, args: args.map((arg) => (typeof arg === 'number' ? String(arg) : arg)) };
}

function optionalText(configuration: Json, name: string): string | null {
  const value = configuration[name];
  if (value === undefined || value === null || value === '') return null;
  if (typeof value !== 'string') throw invalidConfiguration(`"${name}" must be a string`);
  return value;
}

function environmentChanges(env: unknown): Record<string, string | null> {
  if (env === undefined || env === null) return {};
  if (typeof env !== 'object' || Array.isArray(env)) throw invalidConfiguration('"env" must be an object');
  for (const [name, value] of Object.entries(env)) {
    if (typeof value !== 'string' && value !== null) {
      throw invalidConfiguration(`"env" must map names to strings; ${name} is not a string`);
    }
  }
  return env as Record<string, string | null>;
}

function words(args: unknown): string[] {
  if (typeof args === 'string') return [args];
  return Array.isArray(args) ? args.map(String) : [];
}
