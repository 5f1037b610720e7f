// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the editor substitutes these variables
/** The configurations that are offered when a launch.json is written and without one. */
import type { Infer } from '../../messages/schema';
import type { attachAttributes } from './attachAttributes';
import type { LaunchAttributes } from './launchAttributes';

export interface LaunchSnippet {
  /** Key of its texts in the manifest's strings. */
  readonly key: string;
  readonly label: string;
  readonly description: string;
  readonly attributes: LaunchAttributes | Infer<typeof attachAttributes>;
  readonly request: 'launch' | 'attach';
}

export const launchSnippets: readonly LaunchSnippet[] = [
  {
    key: 'currentFile',
    label: 'Framewire: Current File',
    description: 'Debugs the Python file in the active editor and records its network traffic.',
    request: 'launch',
    attributes: { program: '${file}' },
  },
  {
    key: 'module',
    label: 'Framewire: Module',
    description: 'Debugs a module, as with python -m, and records its network traffic.',
    request: 'launch',
    attributes: { module: 'package.module', args: [] },
  },
  {
    key: 'installedProgram',
    label: 'Framewire: Installed Program',
    description: 'Debugs a command line tool that is written in Python and records its network traffic.',
    request: 'launch',
    // such tools end with sys.exit(1) as a matter of course
    attributes: { command: 'name', args: [], breakOnSystemExit: [] },
  },
  {
    key: 'pytest',
    label: 'Framewire: pytest',
    description: 'Debugs the tests of the active file under pytest and records their network traffic.',
    request: 'launch',
    attributes: { module: 'pytest', args: ['${file}'] },
  },
  {
    key: 'attach',
    label: 'Framewire: Attach',
    description: 'Attaches to a program that runs under python -m debugpy --listen, and records its network traffic.',
    request: 'attach',
    attributes: { connect: { host: '127.0.0.1', port: 5678 } },
  },
  {
    key: 'attachProcess',
    label: 'Framewire: Attach to Process',
    description: 'Attaches to a Python process that is chosen when it starts, and records its network traffic.',
    request: 'attach',
    attributes: { processId: '${command:pickProcess}' },
  },
];
