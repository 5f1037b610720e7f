/** How the probe gets into the program that debugpy runs; see also src/launch/environment.ts. */
import { join } from 'node:path';
import { type ProbeSettings, probeEnvironment, probeFolder } from '../../launch/environment';
import { bootstrapFolder } from '../../launch/installation';
import type { Json } from '../proxy/message';

export const PACKAGE = 'framewire_probe';

/**
 * Changes to the program's environment that start the probe with Python: those of the configuration with the probe's.
 * @param inherited what the program inherits without changes
 */
export function probeEnvironmentChanges(
  inherited: NodeJS.ProcessEnv,
  changes: Readonly<Record<string, string | null>>,
  settings: ProbeSettings,
): Record<string, string | null> {
  const merged: NodeJS.ProcessEnv = { ...inherited };
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) delete merged[name];
    else merged[name] = value;
  }
  const wanted = probeEnvironment(merged, settings);
  const result: Record<string, string | null> = { ...changes };
  for (const [name, value] of Object.entries(wanted)) if (merged[name] !== value) result[name] = value;
  for (const name of Object.keys(merged)) if (wanted[name] === undefined) result[name] = null;
  return result;
}

/**
 * pydevd writes a message in two parts, and the system holds the second back until the first is confirmed: 44 milliseconds
 * for every answer. Its own connection only; none of the program's.
 */
const WITHOUT_DELAY = `
import sys
try:
    sys.modules["pydevd"].get_global_debugger().writer.sock.setsockopt(6, 1, True)  # IPPROTO_TCP, TCP_NODELAY
except Exception:
    pass
`;

/**
 * Python for an `evaluate` request before the program's own code: starts the probe where the environment could not
 * (`-I`, `-E`, `-S`), or must not. Starting it twice is harmless. The package is loaded by its place, so that sys.path stays
 * as it is.
 * @param children the program's environment does not lead its children to the probe: it is to do so from here on
 */
export function probeEntry(captureFolder: string, children = false): string {
  const folder = join(probeFolder(), PACKAGE);
  const code = `${WITHOUT_DELAY}
if ${quoted(PACKAGE)} not in sys.modules:
    import importlib.util
    spec = importlib.util.spec_from_file_location(${quoted(PACKAGE)}, ${quoted(join(folder, '__init__.py'))}, submodule_search_locations=[${quoted(folder)}])
    module = importlib.util.module_from_spec(spec)
    sys.modules[${quoted(PACKAGE)}] = module
    try:
        spec.loader.exec_module(module)
    except BaseException:
        del sys.modules[${quoted(PACKAGE)}]
        raise
sys.modules[${quoted(PACKAGE)}].start(${quoted(captureFolder)})
${children ? leadChildren(bootstrapFolder()) : ''}`;
  return `exec(${quoted(code)}, {})`;
}

/** Python that puts the folder in front of what children find on PYTHONPATH. */
function leadChildren(folder: string): string {
  return `
import os
theirs = os.environ.get("PYTHONPATH")
if ${quoted(folder)} not in (theirs or "").split(os.pathsep):
    os.environ["PYTHONPATH"] = ${quoted(folder)} + (os.pathsep + theirs if theirs else "")
`;
}

/**
 * The same for a program that has been running: fails where it is recorded already, since the capture stays the one that
 * it was begun with.
 */
export function attachEntry(captureFolder: string): string {
  const code = `
import os, sys
known = sys.modules.get(${quoted(`${PACKAGE}.recorder`)})
if known is not None and known.recorder.on and known.recorder.folder != os.path.abspath(${quoted(captureFolder)}):
    raise RuntimeError("this program is recorded already, into " + known.recorder.folder)
${probeEntry(captureFolder)}
`;
  return `exec(${quoted(code)}, {})`;
}

/** Ends a recording that `attachEntry` began, and takes the probe's patches back; leaves any other alone. */
export function attachExit(captureFolder: string): string {
  const code = `
import os, sys
known = sys.modules.get(${quoted(`${PACKAGE}.recorder`)})
if known is not None and known.recorder.on and known.recorder.folder == os.path.abspath(${quoted(captureFolder)}):
    sys.modules[${quoted(PACKAGE)}].stop()
`;
  return `exec(${quoted(code)}, {})`;
}

/** Keeps the probe's frames out of stacks and steps. First, because the first rule that matches a frame decides. */
export function rulesWithProbe(rules: unknown): Json[] {
  const own = { path: join(probeFolder(), '**'), include: false };
  return [own, ...(Array.isArray(rules) ? (rules as Json[]) : [])];
}

/** A Python string literal; ASCII only, so that no encoding on the way can hurt it. */
export function quoted(text: string): string {
  const escaped = (unit: string) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
  const plain = JSON.stringify(text).replace(/[^\x20-\x7e]/g, escaped);
  // a character beyond the basic plane is two units in JSON and one escape in Python
  return plain.replace(/\\u(d[89ab]..)\\u(d[c-f]..)/gi, (_, high: string, low: string) => {
    const code = ((Number.parseInt(high, 16) - 0xd800) << 10) + (Number.parseInt(low, 16) - 0xdc00) + 0x10000;
    return `\\U${code.toString(16).padStart(8, '0')}`;
  });
}
