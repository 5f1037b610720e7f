import * as vscode from 'vscode';
import { dynamicConfigurations } from '../debug/dynamicConfigurations';
import { pickArguments, pickProcess } from '../debug/launchQuestions';
import { recordAlways, recordConfiguration } from '../debug/recordConfiguration';
import type { LanguageServer } from '../language/languageClient';
import { UploadDebugging } from './uploadDebugging';

/** The last two stand behind `${command:…}` in launch.json. */
export type UploadCommandId =
  | 'framewire.debugUploadHere'
  | 'framewire.debugUploadHereWith'
  | 'framewire.debugFile'
  | 'framewire.recordConfiguration'
  | 'framewire.pickProcess'
  | 'framewire.pickArguments';

/** The ways to start a session that need no launch.json, or leave it as it is. */
export function registerStarts(
  type: string,
  state: vscode.Memento,
  language: LanguageServer,
  log: vscode.LogOutputChannel,
): vscode.Disposable {
  const uploads = new UploadDebugging(state, language, log);
  const handlers: Record<UploadCommandId, (...given: readonly unknown[]) => unknown> = {
    'framewire.debugUploadHere': (first, second, line) =>
      // a key binding has one argument, and means the place of the cursor
      isBound(first) ? uploads.here(undefined, undefined, first.commandLine) : uploads.here(first, second, line),
    'framewire.debugUploadHereWith': (first, second) => uploads.here(first, second, null, true),
    'framewire.debugFile': (uri) => uploads.file(uri),
    'framewire.recordConfiguration': recordConfiguration,
    'framewire.pickProcess': pickProcess,
    'framewire.pickArguments': pickArguments,
  };
  return vscode.Disposable.from(
    ...Object.entries(handlers).map(([id, handler]) => vscode.commands.registerCommand(id, handler)),
    recordAlways(),
    vscode.debug.registerDebugConfigurationProvider(
      type,
      // an object of its own: a provider registered twice would also resolve twice
      { provideDebugConfigurations: () => dynamicConfigurations(uploads) },
      vscode.DebugConfigurationProviderTriggerKind.Dynamic,
    ),
  );
}

const isBound = (first: unknown): first is { readonly commandLine: string } =>
  typeof first === 'object' && first !== null && 'commandLine' in first;
