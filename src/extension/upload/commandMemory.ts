/** Which commands were run for uploads, the latest first, and which one goes with which library. */
import type { Memento } from 'vscode';
import type { LaunchAttributes } from '../debug/launchAttributes';

/** What was chosen: a command line, or a launch configuration by its name, which may change meanwhile. */
export type Choice =
  | { readonly kind: 'command'; readonly line: string; readonly attributes: LaunchAttributes }
  | { readonly kind: 'launch'; readonly name: string; readonly folder: string | null };

const RECENT = 'framewire.upload.recent';
const LIBRARIES = 'framewire.upload.libraries';
const MOST = 10;

export class CommandMemory {
  /** @param state the workspace's, on this machine */
  constructor(private readonly state: Pick<Memento, 'get' | 'update'>) {}

  get recent(): readonly Choice[] {
    return this.state.get<readonly Choice[]>(RECENT, []);
  }

  ofLibrary(key: string): Choice | null {
    return this.#libraries[key] ?? null;
  }

  /** @param library key of the library that it was chosen for; null for none */
  async remember(choice: Choice, library: string | null): Promise<void> {
    const others = this.recent.filter((one) => !isSame(one, choice));
    await this.state.update(RECENT, [choice, ...others].slice(0, MOST));
    if (library !== null) await this.state.update(LIBRARIES, { ...this.#libraries, [library]: choice });
  }

  /** The arguments last given to an installed command, as they were typed. */
  lineOf(command: string): string | null {
    const used = this.recent.find((one) => one.kind === 'command' && one.attributes.command === command);
    return used?.kind === 'command' ? used.line : null;
  }

  get #libraries(): Readonly<Record<string, Choice>> {
    return this.state.get<Readonly<Record<string, Choice>>>(LIBRARIES, {});
  }
}

function isSame(a: Choice, b: Choice): boolean {
  if (a.kind === 'launch') return b.kind === 'launch' && a.name === b.name && a.folder === b.folder;
  return b.kind === 'command' && a.line === b.line;
}
