/** Configurations of the Python debugger, as they can be recorded without being rewritten. */
import type { DebugConfiguration } from 'vscode';

/** The types of the Python debugger's extension, and of the Python extension before it. */
export const DEBUGPY_TYPES: readonly string[] = ['debugpy', 'python'];

/** Attributes that speak to that extension alone. */
const ITS_OWN = ['debugAdapterPath', 'debugAdapterPython', 'debugLauncherPath', 'debugLauncherPython'];

/** The same configuration for Framewire's debugger. */
export function asRecorded(given: DebugConfiguration, type: string): DebugConfiguration {
  const kept = Object.entries(given).filter(([name]) => !ITS_OWN.includes(name));
  const { pythonPath, host, port, ...rest } = Object.fromEntries(kept) as DebugConfiguration;
  const python = rest.python ?? pythonPath;
  // before "connect" there were "host" and "port"
  const targets = ['connect', 'listen', 'processId'].some((name) => rest[name] != null);
  const connect = rest.request === 'attach' && !targets && port !== undefined;
  return {
    ...rest,
    ...(connect ? { connect: { host: host ?? 'localhost', port } } : {}),
    ...(python === undefined ? {} : { python }),
    type,
  };
}

/** Whether the debugger itself asks for this session, for a process that the program has started. */
export const isOfChild = ({ request, subProcessId }: DebugConfiguration) =>
  request === 'attach' && subProcessId !== undefined;
