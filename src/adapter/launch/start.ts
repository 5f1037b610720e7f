/** Answers `launch` and `attach`: finds what is needed, starts debugpy, and prepares the recording. */
import { createCapture } from '../../launch/captureFolder';
import { plainEnvironment } from '../../launch/environment';
import { CaptureRecording } from '../features/recording';
import { inheritedRecording, noRecording } from '../features/unrecorded';
import type { Backend } from '../proxy/backend';
import type { Json, Request } from '../proxy/message';
import type { Recording, Started } from '../proxy/session';
import { type AttachConfiguration, isHere, readAttachConfiguration } from './attachTarget';
import { addressOf, connectToDebugpy, isChildAttach } from './debugpySocket';
import { DebugpyStart } from './debugpyStart';
import { childUnreachable, debugpyUnreachable, errorMessage } from './errors';
import { resolveCommand } from './installedCommand';
import { type ChosenInterpreter, chooseInterpreter } from './interpreter';
import { type LaunchConfiguration, readLaunchConfiguration, withTextArguments } from './launchConfiguration';
import { attachEntry, attachExit, probeEntry, probeEnvironmentChanges, rulesWithProbe } from './probeEntry';

/**
 * @param cancelled aborted when the client has changed its mind; nothing is left running then
 * @throws LaunchError
 */
export async function start(request: Request, cancelled: AbortSignal): Promise<Started> {
  const configuration = request.arguments ?? {};
  if (request.command === 'launch') return launch(withTextArguments(configuration), cancelled);
  return isChildAttach(configuration) ? attachToChild(configuration) : attach(configuration, cancelled);
}

async function launch(asked: Json, cancelled: AbortSignal): Promise<Started> {
  const inherited = plainEnvironment(process.env);
  const before = readLaunchConfiguration(asked);
  const command = await resolveCommand(asked, before.cwd, changed(inherited, before.env));
  const given = command?.configuration ?? asked;
  const configuration = command ? readLaunchConfiguration({ ...given, cwd: before.cwd }) : before;
  const debugpy = new DebugpyStart(configuration.cwd, inherited);
  const notes = command ? [command.note] : [];
  try {
    const expected = (path: string) => debugpy.expect(path);
    const interpreter = await chooseInterpreter(given, configuration.cwd, inherited, expected);
    const { wire: _wire, pythonPath: _path, pythonArgs: _arguments, ...rest } = given;
    const plain: Json = { ...rest, python: [interpreter.path, ...interpreter.options] };
    const [backend, { recording, additions }] = await Promise.all([
      debugpy.of(interpreter),
      prepareRecording(configuration, interpreter, plain, inherited),
    ]);
    cancelled.throwIfAborted();
    return { backend, arguments: { ...plain, ...additions }, recording, notes };
  } catch (error) {
    debugpy.cancel();
    throw error;
  }
}

/** An environment with the changes of a configuration; null takes a variable out. */
function changed(env: NodeJS.ProcessEnv, changes: LaunchConfiguration['env']): NodeJS.ProcessEnv {
  const all = Object.entries({ ...env, ...changes });
  return Object.fromEntries(all.filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}

async function prepareRecording(
  { wire, env, cwd, command }: LaunchConfiguration,
  interpreter: ChosenInterpreter,
  plain: Json,
  inherited: NodeJS.ProcessEnv,
): Promise<{ recording: Recording; additions: Json }> {
  if (wire.enabled === false) return { recording: noRecording(null), additions: {} };
  if (interpreter.unrecorded) return { recording: noRecording(interpreter.unrecorded), additions: {} };
  try {
    const full = [interpreter.path, ...interpreter.options, ...command];
    const capture = await createCapture({
      folder: wire.captureFolder,
      location: wire.captureLocation,
      cwd,
      command: full,
      env: inherited,
    });
    const { streamBudget, captureBudget } = wire;
    const settings = { captureFolder: capture.folder, streamBudget, captureBudget };
    const changes = probeEnvironmentChanges(inherited, env, settings);
    const terminal = hasPathOfItsOwn(plain, env);
    if (terminal) delete changes.PYTHONPATH;
    const additions = { env: changes, rules: rulesWithProbe(plain.rules) };
    return { recording: new CaptureRecording(capture, probeEntry(capture.folder, terminal), null, wire), additions };
  } catch (error) {
    // a folder that was asked for by name and cannot be had is the user's to decide; else debugging goes first
    if (wire.captureFolder) throw error;
    return { recording: noRecording(errorMessage(error)), additions: {} };
  }
}

/**
 * Whether the program's PYTHONPATH comes from the shell of a terminal, which nobody here knows: the probe then comes in through
 * the debugger, and leads the program's children to itself. Without a debugger it has to take the variable's place.
 */
function hasPathOfItsOwn({ console: where, noDebug }: Json, env: LaunchConfiguration['env']): boolean {
  return (where === 'integratedTerminal' || where === 'externalTerminal') && !noDebug && env.PYTHONPATH === undefined;
}

/** Attaches to a program that was started by somebody else. It goes on when the session ends, and is not recorded then. */
async function attach(given: Json, cancelled: AbortSignal): Promise<Started> {
  const configuration = readAttachConfiguration(given);
  const backend = await attachBackend(configuration, given);
  try {
    cancelled.throwIfAborted();
    const { wire: _wire, python: _python, cwd: _cwd, ...plain } = given;
    const recording = await attachRecording(configuration);
    const additions = recording.probeEntry === null ? {} : { rules: rulesWithProbe(plain.rules) };
    return { backend, arguments: { ...plain, ...additions }, recording, attached: true };
  } catch (error) {
    backend.kill();
    throw error;
  }
}

async function attachBackend({ target, cwd }: AttachConfiguration, given: Json): Promise<Backend> {
  if (target.kind === 'connect') return connectToDebugpy(target.address, debugpyUnreachable);
  const env = plainEnvironment(process.env);
  return new DebugpyStart(cwd, env).of(await chooseInterpreter(given, cwd, env));
}

async function attachRecording(configuration: AttachConfiguration): Promise<Recording> {
  const { wire, cwd, command } = configuration;
  if (wire.enabled === false) return noRecording(null);
  if (!isHere(configuration))
    return noRecording('The program runs on another machine: only local ones can be recorded.');
  try {
    const capture = await createCapture({
      folder: wire.captureFolder,
      location: wire.captureLocation,
      cwd,
      command: [...command],
    });
    return new CaptureRecording(capture, attachEntry(capture.folder), attachExit(capture.folder), wire);
  } catch (error) {
    if (wire.captureFolder) throw error;
    return noRecording(errorMessage(error));
  }
}

async function attachToChild(configuration: Json): Promise<Started> {
  const { wire, ...plain } = configuration;
  const recording = inheritedRecording(wire);
  const backend = await connectToDebugpy(addressOf(configuration.connect, 'connect'), childUnreachable);
  return { backend, arguments: plain, recording };
}
