/**
 * Requests that debugpy must never get: it does not answer what it has left out of the protocol, and answers nothing else from
 * then on; a place without a path ends it.
 */
import { isJson, type Json, type Request } from './message';

/** By the capability that announces them; null for what a client never asks of a debugger. */
const OPTIONAL: Readonly<Record<string, string | null>> = {
  breakpointLocations: 'supportsBreakpointLocationsRequest',
  cancel: 'supportsCancelRequest',
  completions: 'supportsCompletionsRequest',
  dataBreakpointInfo: 'supportsDataBreakpoints',
  disassemble: 'supportsDisassembleRequest',
  exceptionInfo: 'supportsExceptionInfoRequest',
  goto: 'supportsGotoTargetsRequest',
  gotoTargets: 'supportsGotoTargetsRequest',
  loadedSources: 'supportsLoadedSourcesRequest',
  modules: 'supportsModulesRequest',
  pydevdAuthorize: null,
  readMemory: 'supportsReadMemoryRequest',
  restart: 'supportsRestartRequest',
  restartFrame: 'supportsRestartFrame',
  reverseContinue: 'supportsStepBack',
  runInTerminal: null,
  setDataBreakpoints: 'supportsDataBreakpoints',
  setExpression: 'supportsSetExpression',
  setFunctionBreakpoints: 'supportsFunctionBreakpoints',
  setInstructionBreakpoints: 'supportsInstructionBreakpoints',
  setVariable: 'supportsSetVariable',
  startDebugging: null,
  stepBack: 'supportsStepBack',
  stepInTargets: 'supportsStepInTargetsRequest',
  terminateThreads: 'supportsTerminateThreadsRequest',
  writeMemory: 'supportsWriteMemoryRequest',
};

const PLACES = ['setBreakpoints', 'setPydevdSourceMap'];

/** Why the debugger with these capabilities does not get a request, for the client; null when it does. */
export function refusal({ command, arguments: given }: Request, capabilities: Json): string | null {
  const capability = Object.hasOwn(OPTIONAL, command) ? OPTIONAL[command] : undefined;
  if (capability === null || (capability !== undefined && capabilities[capability] !== true)) {
    return `debugpy cannot do "${command}".`;
  }
  if (PLACES.includes(command) && !(isJson(given?.source) && typeof given.source.path === 'string')) {
    return `"${command}" needs the path of a source.`;
  }
  return null;
}
