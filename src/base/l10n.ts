/**
 * Texts in the language of the display, for whatever runs without the editor's API. They are found by their English text as
 * with `vscode.l10n`, so that the bundle which the editor has loaded serves every process and page of ours.
 */
export type Bundle = Readonly<Record<string, string>>;

let bundle: Bundle = {};

/** To be called before the first text is made. What is no table of texts counts as none. */
export function useBundle(given: unknown): void {
  bundle = typeof given === 'object' && given !== null && !Array.isArray(given) ? (given as Bundle) : {};
}

/** The text in the display's language, else in English, with `{0}`, `{1}`… replaced by the values. */
export function t(message: string, ...values: readonly (string | number)[]): string {
  const translated = Object.hasOwn(bundle, message) ? bundle[message] : message;
  // one pass: what a value holds is never taken for a placeholder
  return (typeof translated === 'string' ? translated : message).replace(/\{(\d+)\}/g, (placeholder, index) =>
    String(values[Number(index)] ?? placeholder),
  );
}

/** Marks a text that is translated where it is shown, by whoever knows the language then. */
export const forTranslation = <const Text extends string>(message: Text): Text => message;
