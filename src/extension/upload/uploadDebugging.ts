/** "Debug Upload Here": starts what runs a call, and stops at its first send and where it fails. */
import { basename } from 'node:path';
import * as vscode from 'vscode';
import { UPLOAD_PLACE_REQUEST, type UploadPlace, type UploadPlaceParams } from '../../base/uploadPlace';
import { DEBUG_TYPE } from '../debug/configurationProvider';
import { selectedInterpreter } from '../debug/interpreter';
import { type ListedConfiguration, listedConfigurations } from '../debug/launchList';
import { asRecorded, DEBUGPY_TYPES } from '../debug/recordable';
import type { LanguageServer } from '../language/languageClient';
import { askedPlace } from './askedPlace';
import { attributesOf } from './commandLine';
import { type Choice, CommandMemory } from './commandMemory';
import { type Picked, pickCommand } from './commandPicker';
import { consoleScripts } from './consoleScripts';
import { libraryOf } from './libraryFile';
import { likelyInterpreters } from './likelyInterpreters';
import { type Start, startOf } from './startPlan';

const TYPES = [DEBUG_TYPE, ...DEBUGPY_TYPES];

/** A configuration and the folder that it runs for; `chosen`: what to remember of it. */
interface Run {
  readonly label: string;
  readonly folder: vscode.WorkspaceFolder | undefined;
  readonly configuration: vscode.DebugConfiguration;
  readonly chosen: Choice | null;
}

export class UploadDebugging {
  readonly #memory: CommandMemory;

  constructor(
    state: vscode.Memento,
    private readonly language: LanguageServer,
    private readonly log: vscode.LogOutputChannel,
  ) {
    this.#memory = new CommandMemory(state);
  }

  /**
   * @param first,second what the menu or the lens gives, see askedPlace
   * @param line a command line to run, for key bindings and other extensions; else what goes with the file
   * @param always ask which command to run, also where it is known
   */
  async here(first: unknown, second: unknown, line?: unknown, always = false): Promise<boolean> {
    const asked = askedPlace(first, second);
    if (!asked) return complain(vscode.l10n.t('Open the Python file that has the upload in it.'));
    if (asked.uri.scheme !== 'file') return complain(vscode.l10n.t('Save the file first: only a file can be run.'));
    const document = await vscode.workspace.openTextDocument(asked.uri);
    const place = await this.#placeIn(document, asked.range);
    const run = await this.#runFor(document.uri, place, typeof line === 'string' ? line : null, always);
    if (run === null) return false;
    if (run.chosen) await this.#memory.remember(run.chosen, this.#libraryKey(document.uri, place));
    const name = `${run.label} ▸ ${basename(document.uri.fsPath)}:${place.line}`;
    return vscode.debug.startDebugging(run.folder, restricted({ ...run.configuration, name }, document.uri, place));
  }

  /** "Debug with Framewire": the file, the test or the module, with all that happens in it. */
  async file(given: unknown): Promise<boolean> {
    const asked = askedPlace(given, []);
    const uri = asked?.uri;
    if (uri?.scheme !== 'file') return complain(vscode.l10n.t('Open the Python file to debug, and save it.'));
    const start = await this.startOf(uri);
    const folder = folderOf(uri);
    return vscode.debug.startDebugging(folder, { ...base(start.label), ...start.attributes });
  }

  /** How a file is run when that is asked for, whatever it holds. */
  async startOf(uri: vscode.Uri): Promise<Start> {
    const document = await vscode.workspace.openTextDocument(uri);
    const { source } = await this.#placeIn(document, null);
    return startOf(uri.fsPath, source) ?? { label: basename(uri.fsPath), attributes: { program: uri.fsPath } };
  }

  async #placeIn(document: vscode.TextDocument, range: vscode.Range | null): Promise<UploadPlace> {
    const params: UploadPlaceParams = {
      textDocument: { uri: document.uri.toString() },
      // the editor's own become lists on their way
      range: range && { start: plain(range.start), end: plain(range.end) },
    };
    try {
      const place = await this.language.request<UploadPlace | null>(UPLOAD_PLACE_REQUEST, params);
      if (place) return place;
    } catch (error) {
      this.log.warn('The language server did not tell which call is meant:', error);
    }
    const [line, endLine] = range ? [range.start.line + 1, range.end.line + 1] : [1, document.lineCount];
    const source = { runs: true, needsPackage: false, module: '', isPackage: false, test: null };
    return { kind: range ? 'call' : 'file', name: null, line, endLine, source };
  }

  async #runFor(uri: vscode.Uri, place: UploadPlace, line: string | null, always: boolean): Promise<Run | null> {
    const start = startOf(uri.fsPath, place.source);
    const folder = folderOf(uri);
    if (line !== null) {
      const attributes = attributesOf(line, cwdOf(folder));
      return attributes && this.#ofChoice({ kind: 'command', line, attributes }, folder);
    }
    if (start && !always) return this.#ofStart(start, folder);
    const known = always ? null : this.#memory.ofLibrary(this.#libraryKey(uri, place) ?? '');
    const remembered = known && this.#ofChoice(known, folder);
    if (remembered) {
      const how = vscode.l10n.t('"Debug Upload Here With…" chooses another command.');
      vscode.window.setStatusBarMessage(`Framewire: ${remembered.label}. ${how}`, 10_000);
      return remembered;
    }
    const choice = await this.#ask(uri, place, start?.label ?? null, folder);
    if (choice === null) return null;
    return choice.kind === 'itself' ? start && this.#ofStart(start, folder) : this.#ofChoice(choice, folder);
  }

  async #ask(
    uri: vscode.Uri,
    place: UploadPlace,
    itself: string | null,
    folder: vscode.WorkspaceFolder | undefined,
  ): Promise<Picked | null> {
    const library = libraryOf(uri.fsPath);
    const interpreters = library?.interpreters.length
      ? library.interpreters
      : await likelyInterpreters(await selectedInterpreter(uri, this.log), folder?.uri.fsPath);
    const name = library?.name ?? place.source.module.split('.')[0] ?? null;
    const [python] = interpreters;
    return pickCommand({
      subject: basename(uri.fsPath),
      itself,
      recent: this.#memory.recent.filter((choice) => this.#ofChoice(choice, folder) !== null),
      launches: listedConfigurations(TYPES),
      scripts: python ? consoleScripts(python) : Promise.resolve([]),
      packageName: name,
      cwd: cwdOf(folder),
      memory: this.#memory,
    });
  }

  /** What runs a file, with the arguments of the launch configuration that runs the same, if there is one. */
  #ofStart({ label, attributes }: Start, folder: vscode.WorkspaceFolder | undefined): Run {
    const same = listedConfigurations(TYPES).find(({ configuration, folder: its }) => {
      if (configuration.request !== 'launch') return false;
      if (attributes.program) return substituted(configuration.program, its) === attributes.program;
      return attributes.module !== 'pytest' && configuration.module === attributes.module;
    });
    if (same) return { ...this.#ofLaunch(same), chosen: null };
    return { label, folder, configuration: { ...base(label), ...attributes }, chosen: null };
  }

  #ofChoice(choice: Choice, folder: vscode.WorkspaceFolder | undefined): Run | null {
    if (choice.kind === 'command') {
      const { line, attributes } = choice;
      return { label: line, folder, configuration: { ...base(line), ...attributes }, chosen: choice };
    }
    const listed = listedConfigurations(TYPES).find(
      ({ configuration, folder: its }) =>
        configuration.name === choice.name && (choice.folder === null || its?.uri.toString() === choice.folder),
    );
    return listed ? { ...this.#ofLaunch(listed), chosen: choice } : null;
  }

  #ofLaunch({ configuration, folder }: ListedConfiguration): Omit<Run, 'chosen'> {
    return { label: configuration.name, folder, configuration: asRecorded(configuration, DEBUG_TYPE) };
  }

  /** What a choice is remembered for: the library, else the package or module that the file belongs to. */
  #libraryKey(uri: vscode.Uri, { source }: UploadPlace): string | null {
    const library = libraryOf(uri.fsPath);
    if (library) return library.key;
    if (startOf(uri.fsPath, source)) return null;
    const parts = source.module.split('.').length - (source.isPackage ? 0 : 1);
    let key = uri;
    for (let level = 0; level < parts; level += 1) key = vscode.Uri.joinPath(key, '..');
    return key.fsPath;
  }
}

/** Such a session is about one place: no stop at others, and none at the end that the program takes. */
function restricted(
  given: vscode.DebugConfiguration,
  uri: vscode.Uri,
  { line, endLine }: UploadPlace,
): vscode.DebugConfiguration {
  const file = uri.fsPath;
  const rules = Array.isArray(given.rules) ? given.rules : [];
  return {
    breakOnSystemExit: [],
    ...given,
    // whoever asks about a file wants to look around in it
    rules: [...rules, { path: file, include: true }],
    wire: { ...given.wire, enabled: true, stopAt: [{ file, line, endLine }] },
  };
}

const base = (name: string): vscode.DebugConfiguration => ({ type: DEBUG_TYPE, request: 'launch', name });

const plain = ({ line, character }: vscode.Position) => ({ line, character });

const folderOf = (uri: vscode.Uri) =>
  vscode.workspace.getWorkspaceFolder(uri) ?? vscode.workspace.workspaceFolders?.[0];

const cwdOf = (folder: vscode.WorkspaceFolder | undefined) => folder?.uri.fsPath ?? process.cwd();

/** The path that a configuration names, as far as that is known before it is started. */
function substituted(program: unknown, folder: vscode.WorkspaceFolder | undefined): string | null {
  if (typeof program !== 'string') return null;
  const path = program.replace(/\$\{workspaceFolder(?::[^}]*)?\}/g, folder?.uri.fsPath ?? '');
  return path.includes('${') ? null : vscode.Uri.file(path).fsPath;
}

function complain(message: string): false {
  // not awaited: there is nothing to do, whatever the user does with the message
  void vscode.window.showErrorMessage(message);
  return false;
}
