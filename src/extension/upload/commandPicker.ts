/** Asks which command to run: one that was run before, a launch configuration, an installed command, or a line typed in. */
import * as vscode from 'vscode';
import type { ListedConfiguration } from '../debug/launchList';
import { attributesOf, lineOf } from './commandLine';
import type { Choice, CommandMemory } from './commandMemory';
import { type ConsoleScript, startsIn } from './consoleScripts';

export interface Offer {
  /** What the question is about: "urllib_http_adapter.py". */
  readonly subject: string;
  /** How the file itself is run; null for one that is not. */
  readonly itself: string | null;
  readonly recent: readonly Choice[];
  readonly launches: readonly ListedConfiguration[];
  /** Comes when the interpreter has answered. */
  readonly scripts: Promise<readonly ConsoleScript[]>;
  /** The package that is asked about: its own commands come first. */
  readonly packageName: string | null;
  /** Where the command will run. */
  readonly cwd: string;
  readonly memory: CommandMemory;
}

/** A choice, or the file itself. */
export type Picked = Choice | { readonly kind: 'itself' };

interface Item extends vscode.QuickPickItem {
  /** A line that is complete, a launch configuration, or a command that wants arguments. */
  readonly choice?: Picked;
  readonly script?: ConsoleScript;
}

/** Null when the user thinks better of it. */
export async function pickCommand(offer: Offer): Promise<Picked | null> {
  const item = await pickItem(offer);
  if (item?.choice) return item.choice;
  return item?.script ? askArguments(item.script, offer) : null;
}

function pickItem(offer: Offer): Promise<Item | undefined> {
  const pick = vscode.window.createQuickPick<Item>();
  pick.title = vscode.l10n.t('Which command uploads through {0}?', offer.subject);
  pick.placeholder = vscode.l10n.t('Choose one, or type a command line, such as: {0}', 'tool upload --verbose file');
  pick.matchOnDescription = true;
  pick.busy = true;
  const itself: Item[] = offer.itself ? [{ label: `$(play) ${offer.itself}`, choice: { kind: 'itself' } }] : [];
  const before = [...itself, ...recentItems(offer.recent)];
  const launches = launchItems(offer.launches);
  let own: readonly Item[] = [];
  let scripts: readonly Item[] = [];
  const show = () => {
    const typed = typedItem(pick.value, offer.cwd, [...own, ...scripts]);
    pick.items = [...typed, ...before, ...own, ...launches, ...scripts];
  };
  show();
  offer.scripts.then((found) => {
    const { packageName } = offer;
    const isOwn = (script: ConsoleScript) => startsIn(script, packageName);
    own = scriptItems(vscode.l10n.t('commands of {0}', packageName ?? ''), found.filter(isOwn));
    scripts = scriptItems(
      vscode.l10n.t('installed commands'),
      found.filter((script) => !isOwn(script)),
    );
    pick.busy = false;
    show();
  });
  return new Promise((resolve) => {
    pick.onDidChangeValue(show);
    pick.onDidAccept(() => {
      resolve(pick.activeItems[0]);
      pick.hide();
    });
    pick.onDidHide(() => {
      resolve(undefined);
      pick.dispose();
    });
    pick.show();
  });
}

function recentItems(recent: readonly Choice[]): Item[] {
  return section(
    vscode.l10n.t('recently run'),
    recent.map((choice) =>
      choice.kind === 'command'
        ? { label: `$(history) ${choice.line}`, choice }
        : { label: `$(history) ${choice.name}`, description: 'launch.json', choice },
    ),
  );
}

function launchItems(launches: readonly ListedConfiguration[]): Item[] {
  const several = new Set(launches.map(({ folder }) => folder?.name)).size > 1;
  return section(
    vscode.l10n.t('launch configurations'),
    launches.map(({ folder, configuration: { name, type } }) => ({
      label: `$(debug-alt) ${name}`,
      description: [type, several ? folder?.name : null].filter(Boolean).join(' · '),
      choice: { kind: 'launch', name, folder: folder?.uri.toString() ?? null },
    })),
  );
}

function scriptItems(title: string, scripts: readonly ConsoleScript[]): Item[] {
  return section(
    title,
    scripts.map((script) => ({
      label: `$(terminal) ${script.name}`,
      description: `${script.distribution} ${script.version}`,
      script,
    })),
  );
}

/** What was typed, when it is more than the beginning of a name in the list. */
function typedItem(value: string, cwd: string, scripts: readonly Item[]): Item[] {
  const line = value.trim();
  const attributes = attributesOf(line, cwd);
  const isBare = !/\s/.test(line) && scripts.some(({ script }) => script?.name.includes(line));
  if (attributes === null || isBare) return [];
  const described = vscode.l10n.t('runs in {0}', cwd);
  return [
    { label: `$(play) ${line}`, description: described, alwaysShow: true, choice: commandOf(line, cwd, scripts) },
  ];
}

function commandOf(line: string, cwd: string, scripts: readonly Item[]): Choice {
  const attributes = attributesOf(line, cwd) ?? {};
  // as it would be found on PATH, unless only the interpreter knows where it is
  const script = scripts.find(({ script }) => script?.name === attributes.command)?.script;
  const command = script?.path ?? attributes.command;
  return { kind: 'command', line, attributes: { ...attributes, ...(command ? { command } : {}) } };
}

async function askArguments(script: ConsoleScript, { memory, cwd }: Offer): Promise<Choice | null> {
  const command = script.path ?? script.name;
  const before = memory.lineOf(command) ?? '';
  const value = before.startsWith(`${script.name} `) ? before.slice(script.name.length + 1) : '';
  const typed = await vscode.window.showInputBox({
    title: vscode.l10n.t('Arguments of {0}', script.name),
    prompt: vscode.l10n.t('It runs in {0}. Quotes keep words together.', cwd),
    placeHolder: 'upload file',
    value,
    ignoreFocusOut: true,
  });
  if (typed === undefined) return null;
  const line = `${lineOf([script.name])} ${typed}`.trim();
  return { kind: 'command', line, attributes: { ...attributesOf(line, cwd), command } };
}

function section(label: string, items: readonly Item[]): Item[] {
  return items.length === 0 ? [] : [{ label, kind: vscode.QuickPickItemKind.Separator }, ...items];
}
