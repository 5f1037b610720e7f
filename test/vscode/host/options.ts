/** What the program that started the extension host tells the suites, in one variable of the environment. */
export interface HostOptions {
  /** Port on this machine that takes the results. */
  readonly reportPort: number;
  readonly grep: string | null;
  /** The original pair, asciinema and nginx, is in launch.json. */
  readonly original: boolean;
  /** An interpreter that has pytest. */
  readonly pytestPython: string;
}

export function hostOptions(): HostOptions {
  const text = process.env.FRAMEWIRE_SUITES;
  if (!text) throw new Error('The suites run only under scripts/tiers/vscode.mjs.');
  return JSON.parse(text);
}
