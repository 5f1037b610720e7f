/** Starts the debug adapter: a program of its own, run by the editor's own Node. */
import * as vscode from 'vscode';

export class AdapterFactory implements vscode.DebugAdapterDescriptorFactory {
  constructor(private readonly extension: vscode.Uri) {}

  createDebugAdapterDescriptor(session: vscode.DebugSession): vscode.DebugAdapterDescriptor {
    const { request, connect } = session.configuration;
    if (request === 'attach' && typeof connect?.port === 'number') {
      // a child process: its debugger listens already, and its recording is part of its parent's
      return new vscode.DebugAdapterServer(connect.port, connect.host);
    }
    const adapter = vscode.Uri.joinPath(this.extension, 'dist', 'adapter.mjs').fsPath;
    // in a desktop editor the executable is Electron, which is Node only when it is told so
    return new vscode.DebugAdapterExecutable(process.execPath, [adapter], { env: { ELECTRON_RUN_AS_NODE: '1' } });
  }
}
