/** What is offered without a launch.json, for the Python file in the active editor. */
import * as vscode from 'vscode';
import type { UploadDebugging } from '../upload/uploadDebugging';
import { DEBUG_TYPE } from './configurationProvider';

/** The file as a program, and the way that it is really run where that is another: its tests, or its module. */
export async function dynamicConfigurations(uploads: UploadDebugging): Promise<vscode.DebugConfiguration[]> {
  const document = vscode.window.activeTextEditor?.document;
  const common = { type: DEBUG_TYPE, request: 'launch' };
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the editor substitutes it
  const current = { ...common, name: vscode.l10n.t('Framewire: Current File'), program: '${file}' };
  if (document?.languageId !== 'python' || document.uri.scheme !== 'file') return [current];
  const { label, attributes } = await uploads.startOf(document.uri);
  return attributes.program ? [current] : [{ ...common, name: `Framewire: ${label}`, ...attributes }, current];
}
