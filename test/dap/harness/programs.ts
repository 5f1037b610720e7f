/** The programs that are debugged, and the places in them that their `# @name` comments mark. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkout } from '../../support/checkout';

export interface Program {
  readonly path: string;
  /** Line of the comment `# @marker`, from 1. */
  line(marker: string): number;
}

export function program(name: string): Program {
  const path = join(checkout, 'test/dap/programs', name);
  const lines = readFileSync(path, 'utf8').split('\n');
  return {
    path,
    line: (marker) => {
      const at = lines.findIndex((line) => new RegExp(`# @${marker}\\b`).test(line));
      if (at < 0) throw new Error(`${path} has no marker @${marker}`);
      return at + 1;
    },
  };
}

/** Interpreters of this machine, from scripts/lib/pythons.mjs. */
export interface Python {
  readonly version: string;
  readonly path: string;
}

export const PYTHONS: readonly Python[] = JSON.parse(process.env.FRAMEWIRE_PYTHONS ?? '[]');

/** The newest interpreter of a minor version, "3.11"; a machine without it fails the test that needs it. */
export function pythonOf(minor: string): Python {
  const found = PYTHONS.filter(({ version }) => version.startsWith(`${minor}.`)).at(-1);
  if (!found) throw new Error(`no Python ${minor} was found; there are ${PYTHONS.map(({ version }) => version)}`);
  return found;
}
