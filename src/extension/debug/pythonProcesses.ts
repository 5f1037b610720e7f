/** The Python processes of this machine, for attaching to one. */
import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

export interface PythonProcess {
  readonly pid: number;
  readonly commandLine: string;
}

const run = promisify(execFile);

/** The latest first. */
export async function pythonProcesses(platform = process.platform): Promise<readonly PythonProcess[]> {
  const all = platform === 'linux' ? await ofProc() : platform === 'win32' ? await ofWindows() : await ofPs();
  return all.filter(({ commandLine }) => isPython(commandLine)).sort((a, b) => b.pid - a.pid);
}

/** Whether the program of a command line is a Python interpreter, whatever its path and version. */
export function isPython(commandLine: string): boolean {
  const program = /^"([^"]*)"|^(\S+)/.exec(commandLine)?.slice(1).find(Boolean) ?? '';
  return /^(python|pypy)[\w.]*$/i.test(program.split(/[\\/]/).at(-1) ?? '');
}

async function ofProc(): Promise<PythonProcess[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const all = pids.map(async (name) => {
    // a process may end meanwhile, and those of others may be closed to us
    const text = await readFile(`/proc/${name}/cmdline`, 'utf8').catch(() => '');
    return { pid: Number(name), commandLine: text.split('\0').filter(Boolean).join(' ') };
  });
  return Promise.all(all);
}

async function ofPs(): Promise<PythonProcess[]> {
  const { stdout } = await run('ps', ['-axww', '-o', 'pid=,command='], { maxBuffer: 1 << 24 });
  return stdout.split('\n').flatMap((line) => {
    const [, pid, commandLine] = /^\s*(\d+)\s+(.*)$/.exec(line) ?? [];
    return pid && commandLine ? [{ pid: Number(pid), commandLine }] : [];
  });
}

async function ofWindows(): Promise<PythonProcess[]> {
  const query =
    'Get-CimInstance Win32_Process -Filter "Name LIKE \'py%\'" | Select-Object ProcessId, CommandLine | ConvertTo-Json';
  const { stdout } = await run('powershell.exe', ['-NoProfile', '-Command', query], { windowsHide: true });
  const found = [JSON.parse(stdout || '[]')].flat() as { ProcessId: number; CommandLine: string | null }[];
  return found.map(({ ProcessId, CommandLine }) => ({ pid: ProcessId, commandLine: CommandLine ?? '' }));
}
