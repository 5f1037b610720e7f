/** What of the language server is switched on; the keys are those of the section `framewire.language`. */
import type { HintKind } from './hints/hint';

export const SECTION = 'framewire.language';

export interface LanguageSettings {
  readonly enabled: boolean;
  readonly hover: boolean;
  readonly codeLens: boolean;
  readonly hints: ReadonlySet<HintKind>;
}

/** Everything is on unless it is switched off. */
export const defaultSettings: LanguageSettings = {
  enabled: true,
  hover: true,
  codeLens: true,
  hints: new Set<HintKind>(['missingTimeout', 'wholeFileInMemory', 'certificateChecksOff']),
};

const HINTS: readonly HintKind[] = ['missingTimeout', 'wholeFileInMemory', 'certificateChecksOff'];

/** Reads the section as a client sends it; whatever is missing or no boolean counts as on. */
export function readSettings(section: unknown): LanguageSettings {
  const values = record(section);
  const hints = record(values.hints);
  const on = (value: unknown) => value !== false;
  return {
    enabled: on(values.enabled),
    hover: on(values.hover),
    codeLens: on(values.codeLens),
    hints: new Set(HINTS.filter((kind) => on(hints[kind]))),
  };
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
