/** What the adapter announces, in the language of its client. Messages about programs and protocols stay English. */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Json } from '../proxy/message';

/** Beside the folder of the built adapter, as the extension ships it. */
const BUNDLES = join(dirname(fileURLToPath(import.meta.url)), '..', 'l10n');
const SHOWN = ['label', 'description', 'conditionDescription'] as const;

/**
 * Capabilities with the texts of their exception filters translated.
 * @param locale of the client's `initialize`, such as "zh-cn"; whatever is not known leaves all as it is
 */
export function inLanguage(capabilities: Json, locale: unknown, folder = BUNDLES): Json {
  const filters = capabilities.exceptionBreakpointFilters;
  const texts = textsOf(locale, folder);
  if (texts === null || !Array.isArray(filters)) return capabilities;
  return { ...capabilities, exceptionBreakpointFilters: filters.map((filter: Json) => translated(filter, texts)) };
}

function translated(filter: Json, texts: Json): Json {
  const known = SHOWN.map((name) => [name, texts[String(filter[name])]] as const);
  return { ...filter, ...Object.fromEntries(known.filter(([, text]) => typeof text === 'string')) };
}

function textsOf(locale: unknown, folder: string): Json | null {
  if (typeof locale !== 'string' || !/^[a-z]{2,3}(-[a-z]+)?$/i.test(locale)) return null;
  try {
    return JSON.parse(readFileSync(join(folder, `bundle.l10n.${locale.toLowerCase()}.json`), 'utf8'));
  } catch {
    return null;
  }
}
