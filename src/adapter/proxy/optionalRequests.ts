/**
 * Requests of the protocol that a debugger may leave out. debugpy does not answer those that it has left out, and answers
 * nothing else from then on: it must never get one.
 */
import type { Json } from './message';

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

/** Whether a debugger with these capabilities answers the request. */
export function isSupported(command: string, capabilities: Json): boolean {
  const capability = Object.hasOwn(OPTIONAL, command) ? OPTIONAL[command] : undefined;
  return capability === undefined || (capability !== null && capabilities[capability] === true);
}
