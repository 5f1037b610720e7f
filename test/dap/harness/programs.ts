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

const ALL: readonly Python[] = JSON.parse(process.env.FRAMEWIRE_PYTHONS ?? '[]');

/** "3.8.18" as a number that sorts. */
const order = ({ version }: Python) => version.split('.').reduce((sum, part) => sum * 1000 + Number(part), 0);
const atLeast = (minimum: string) => ALL.filter((python) => order(python) >= order({ version: minimum, path: '' }));

/** The one that most tests use: neither the oldest nor the newest, where there is a choice. */
export const MAIN_PYTHON = middle(atLeast('3.10.0'));

/** The oldest that is supported, the main one and the newest, without duplicates. */
export const PYTHONS: readonly Python[] = [...new Set([atLeast('3.8.0')[0], MAIN_PYTHON, ALL.at(-1)])].filter(
  (python) => python !== undefined,
);

/** One that the probe does not support, if this machine has any. */
export function tooOldPython(): Python | undefined {
  return ALL.find((python) => order(python) < order({ version: '3.8.0', path: '' }));
}

function middle(pythons: readonly Python[]): Python {
  const found = pythons[Math.floor((pythons.length - 1) / 2)];
  if (!found) throw new Error('these tests need a Python 3.10 or newer');
  return found;
}
