/**
 * The texts of the page in the language of the display; the host puts the table into the page. Whoever shows a text imports
 * this module, so the table is there before any text is made, constants included.
 */
import { t, useBundle } from '../../src/base/l10n';

/** As much as is needed of a page; there is none where the texts are tested without a browser. */
interface Page {
  getElementById(id: string): { readonly dataset: { readonly strings?: string } } | null;
}

const given = (globalThis as { readonly document?: Page }).document?.getElementById('panel')?.dataset.strings;
useBundle(given === undefined ? undefined : JSON.parse(given));

export { t };
