/** What of the language server is switched on; the keys are those of the section `framewire.language`. */
import type { HintKind } from './hints/hint';

export const SECTION = 'framewire.language';

export type ExchangeSurface = 'hover' | 'inlayHint' | 'diagnostic';

export interface LanguageSettings {
  readonly enabled: boolean;
  /** Hovers tell what a call sends through. */
  readonly hover: boolean;
  readonly codeLens: boolean;
  /** What of a call's last exchange is shown. */
  readonly lastExchange: Readonly<Record<ExchangeSurface, boolean>>;
  readonly hints: ReadonlySet<HintKind>;
}

/** Everything is on unless it is switched off. */
export const defaultSettings: LanguageSettings = {
  enabled: true,
  hover: true,
  codeLens: true,
  lastExchange: { hover: true, inlayHint: true, diagnostic: true },
  hints: new Set<HintKind>(['missingTimeout', 'wholeFileInMemory', 'certificateChecksOff']),
};

const HINTS: readonly HintKind[] = ['missingTimeout', 'wholeFileInMemory', 'certificateChecksOff'];

/** Reads the section as a client sends it; whatever is missing or no boolean counts as on. */
export function readSettings(section: unknown): LanguageSettings {
  const values = record(section);
  const hints = record(values.hints);
  const lastExchange = record(values.lastExchange);
  const on = (value: unknown) => value !== false;
  return {
    enabled: on(values.enabled),
    hover: on(values.hover),
    codeLens: on(values.codeLens),
    lastExchange: {
      hover: on(lastExchange.hover),
      inlayHint: on(lastExchange.inlayHint),
      diagnostic: on(lastExchange.diagnostic),
    },
    hints: new Set(HINTS.filter((kind) => on(hints[kind]))),
  };
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
