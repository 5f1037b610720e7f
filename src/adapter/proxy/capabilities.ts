/**
 * What debugpy can do. The client asks before it says which interpreter to use, so the answer is given from here; a
 * debugpy that turns out to differ is announced by a `capabilities` event.
 */
import type { DebugProtocol } from '@vscode/debugprotocol';
import { forTranslation } from '../../base/l10n';
import { WIRE_BREAKPOINT_FILTERS } from '../features/stops/exceptionBreakpoints';
import type { Json } from './message';

/** Capabilities of debugpy 1.8.22, as its adapter answers `initialize`. */
export const DEBUGPY_CAPABILITIES: DebugProtocol.Capabilities & Json = {
  supportsCompletionsRequest: true,
  supportsConditionalBreakpoints: true,
  supportsConfigurationDoneRequest: true,
  supportsDebuggerProperties: true,
  supportsDelayedStackTraceLoading: true,
  supportsEvaluateForHovers: true,
  supportsExceptionInfoRequest: true,
  supportsExceptionOptions: true,
  supportsFunctionBreakpoints: true,
  supportsHitConditionalBreakpoints: true,
  supportsLogPoints: true,
  supportsModulesRequest: true,
  supportsSetExpression: true,
  supportsSetVariable: true,
  supportsValueFormattingOptions: true,
  supportsTerminateDebuggee: true,
  supportsTerminateRequest: true,
  supportsGotoTargetsRequest: true,
  supportsClipboardContext: true,
  supportsStepInTargetsRequest: true,
  exceptionBreakpointFilters: [
    {
      filter: 'raised',
      label: forTranslation('Raised Exceptions'),
      default: false,
      description: forTranslation('Break whenever any exception is raised.'),
    },
    {
      filter: 'uncaught',
      label: forTranslation('Uncaught Exceptions'),
      default: true,
      description: forTranslation('Break when the process is exiting due to unhandled exception.'),
    },
    {
      filter: 'userUnhandled',
      label: forTranslation('User Uncaught Exceptions'),
      default: false,
      description: forTranslation('Break when exception escapes into library code.'),
    },
  ],
};

/** debugpy's capabilities with what we add to them: wire breakpoints stand before its own exception filters. */
export function withOurs(debugpy: Json): Json {
  const theirs = debugpy.exceptionBreakpointFilters;
  return {
    ...debugpy,
    supportsExceptionFilterOptions: true,
    supportsReadMemoryRequest: true,
    completionTriggerCharacters: ['.', '$'],
    exceptionBreakpointFilters: [...WIRE_BREAKPOINT_FILTERS, ...(Array.isArray(theirs) ? theirs : [])],
  };
}

export const CAPABILITIES: Json = withOurs(DEBUGPY_CAPABILITIES);

/** The capabilities that are not as announced; null when none is. What is missing from `actual` is switched off. */
export function changedCapabilities(announced: Json, actual: Json): Json | null {
  const changed: Json = {};
  for (const name of new Set([...Object.keys(announced), ...Object.keys(actual)])) {
    if (JSON.stringify(announced[name]) === JSON.stringify(actual[name])) continue;
    changed[name] = actual[name] ?? (Array.isArray(announced[name]) ? [] : false);
  }
  return Object.keys(changed).length > 0 ? changed : null;
}
