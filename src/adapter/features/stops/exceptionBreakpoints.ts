/** `setExceptionBreakpoints` taken apart into wire breakpoints and debugpy's own, and its answer put together. */
import type { DebugProtocol } from '@vscode/debugprotocol';
import {
  type AutoBreakpoint,
  FAILURES_OF_PLACES,
  type FilterAnswer,
  type FilterRequest,
  PATH_FILTER,
  type ProbeConfiguration,
  WIRE_FILTERS,
  wireConfiguration,
} from '../../../messages/wireBreakpoints';
import { isJson, type Json } from '../../proxy/message';

/** As `initialize` announces them, beside debugpy's. */
export const WIRE_BREAKPOINT_FILTERS: readonly DebugProtocol.ExceptionBreakpointsFilter[] = [
  ...WIRE_FILTERS.map(({ id, label, description, default: on, conditionDescription }) => ({
    filter: id,
    label,
    description,
    default: on,
    supportsCondition: true,
    conditionDescription,
  })),
  {
    filter: PATH_FILTER.id,
    label: PATH_FILTER.label,
    description: PATH_FILTER.description,
    default: PATH_FILTER.default,
  },
];

/** `other`: the condition that came with a filter of debugpy's. */
type Entry = { readonly wire: FilterRequest } | { readonly other: string | null };

export interface Asked {
  /** In the order of the answer. */
  readonly entries: readonly Entry[];
  readonly wire: readonly FilterRequest[];
  /** The request that is left for debugpy, which knows no `filterOptions`. */
  readonly other: Json;
}

export function takeApart(given: Json): Asked {
  const { filters, filterOptions, ...rest } = given;
  const options = (Array.isArray(filterOptions) ? filterOptions : []).filter(isJson);
  const plain: FilterRequest[] = Array.isArray(filters) ? filters.map((id) => ({ id: String(id) })) : [];
  const optioned: FilterRequest[] = options.map(({ filterId, condition }) => ({
    id: String(filterId),
    ...(typeof condition === 'string' ? { condition } : {}),
  }));
  // a client that names a filter in both lists, as Sublime Text's does, means it with its condition
  const meant = [...plain.filter(({ id }) => !optioned.some((one) => one.id === id)), ...optioned];
  const entryOf = (one: FilterRequest): Entry => (isWire(one) ? { wire: one } : { other: one.condition ?? null });
  const isWire = ({ id }: FilterRequest) => id.startsWith('wire.');
  const exceptions = Array.isArray(given.exceptionOptions) ? given.exceptionOptions : [];
  return {
    entries: [...[...plain, ...optioned].map(entryOf), ...exceptions.map(() => ({ other: null }))],
    wire: meant.filter(isWire),
    other: { ...rest, filters: meant.filter((one) => !isWire(one)).map(({ id }) => id) },
  };
}

export interface Choices {
  readonly autoBreakpoints?: readonly AutoBreakpoint[] | undefined;
  readonly topFrame?: ProbeConfiguration['topFrame'] | undefined;
  readonly stopAt?: ProbeConfiguration['stopAt'] | undefined;
}

/** What the probe is to do, and what to say of every wire breakpoint that was asked for. */
export function configurationOf(
  wire: readonly FilterRequest[],
  { autoBreakpoints, topFrame, stopAt = [] }: Choices,
): { readonly configuration: ProbeConfiguration; readonly answers: readonly FilterAnswer[] } {
  const path = wire.find(({ id }) => id === PATH_FILTER.id);
  const conditioned = Boolean(path?.condition?.trim());
  const others = wire.filter(({ id }) => id !== PATH_FILTER.id);
  const everywhere = (stopAt.length > 0 && !path) || (path && !conditioned);
  const { configuration, answers } = wireConfiguration(
    stopAt.length > 0 ? withFailures(others) : others,
    everywhere ? autoBreakpoints : [],
    topFrame,
    stopAt,
  );
  if (!path) return { configuration, answers };
  const message = conditioned ? `"${PATH_FILTER.label}" takes no condition.` : null;
  return { configuration, answers: [...answers, { id: path.id, verified: !conditioned, message }] };
}

function withFailures(asked: readonly FilterRequest[]): readonly FilterRequest[] {
  const missing = FAILURES_OF_PLACES.filter((id) => !asked.some((one) => one.id === id));
  return [...asked, ...missing.map((id) => ({ id }))];
}

/** @param problem what keeps all wire breakpoints from working; null when nothing does */
export function breakpointsBody(asked: Asked, answers: readonly FilterAnswer[], problem: string | null): Json {
  const breakpoints = asked.entries.map((entry): DebugProtocol.Breakpoint => {
    if ('other' in entry) {
      const conditioned = Boolean(entry.other?.trim());
      return conditioned
        ? { verified: false, message: 'debugpy takes no conditions for exceptions: it stops at all of them.' }
        : { verified: true };
    }
    const answer = answers.find(({ id }) => id === entry.wire.id);
    const message = answer?.message ?? problem;
    return { verified: message === null, ...(message === null ? {} : { message }) };
  });
  return { breakpoints };
}
