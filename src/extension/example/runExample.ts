/** Runs the original case in the debugger, against a server of our own on this machine: nothing is asked, nothing is set up. */
import * as vscode from 'vscode';
import { DEBUG_TYPE } from '../debug/configurationProvider';
import { prepareExampleFolder } from './exampleFolder';
import type { ExampleServers } from './exampleServer';

/** In the configuration of the example's session: other sessions are the user's own. */
export const EXAMPLE_MARK = '__framewireExample';

/**
 * @param storage the extension's own folder, for the files of the example: it works without a workspace, and leaves one alone
 */
export async function runExample(extension: vscode.Uri, storage: vscode.Uri, servers: ExampleServers): Promise<void> {
  const starting = { location: vscode.ProgressLocation.Window, title: vscode.l10n.t('Starting the example…') };
  const { example, server } = await vscode.window.withProgress(starting, async () => {
    const running = await servers.start();
    const uploader = vscode.Uri.joinPath(extension, 'examples', 'upload.py').fsPath;
    const folder = vscode.Uri.joinPath(storage, 'example').fsPath;
    return { server: running, example: await prepareExampleFolder(folder, uploader, running.certificate) };
  });
  await vscode.window.showTextDocument(vscode.Uri.file(example.program), { preview: false });
  await vscode.debug.startDebugging(undefined, {
    type: DEBUG_TYPE,
    request: 'launch',
    name: vscode.l10n.t('Example: an Upload That Is Refused'),
    program: example.program,
    args: [`${server.tlsUrl}/api/asciicasts`, example.recording],
    cwd: example.folder,
    env: { SSL_CERT_FILE: example.certificate },
    console: 'internalConsole',
    justMyCode: false,
    // sys.exit(1) is how an upload tells its failure, and no place to stop
    breakOnSystemExit: [],
    [EXAMPLE_MARK]: true,
  });
}
