/**
 * The wire breakpoints: exception filters of the debug adapter, evaluated by the probe (stops.py and watch.py there).
 * The filters, their help, the message that configures the probe, and what it tells of a stop are described here once.
 */
import { forTranslation } from '../base/l10n';
import { FACT_NAMES, type FactName } from './conditionNames';
import { ConditionError, type ConditionTree, parseCondition } from './conditions';

export interface WireFilter {
  /** As in `setExceptionBreakpoints`. */
  readonly id: string;
  readonly label: string;
  readonly description: string;
  readonly default: boolean;
  /** Help for the condition: placeholder of its input box. */
  readonly conditionDescription: string;
  /** The names that can be known at this moment. */
  readonly names: readonly FactName[];
}

const withoutException = FACT_NAMES.filter((name) => name !== 'exception');

export const WIRE_FILTERS: readonly WireFilter[] = [
  {
    id: 'wire.failed',
    label: forTranslation('Failed Send or Receive'),
    description: forTranslation(
      'Stops where sending or receiving raises an exception, time-outs included, and shows what the server had said.',
    ),
    default: true,
    conditionDescription: forTranslation('such as: exception != TimeoutError and sent > 1MB'),
    names: FACT_NAMES,
  },
  {
    id: 'wire.errorStatusUnread',
    label: forTranslation('Error Status, Unread'),
    description: forTranslation(
      'Stops when the program gives up a connection on which a reply with a status from 400 on waits unread.',
    ),
    default: true,
    conditionDescription: forTranslation('such as: status == 413 and method in ("PUT", "POST")'),
    names: FACT_NAMES,
  },
  {
    id: 'wire.errorStatusRead',
    label: forTranslation('Error Status, Read'),
    description: forTranslation('Stops when the program receives a reply with a status from 400 on.'),
    default: false,
    conditionDescription: forTranslation('such as: status >= 500 and host matches "*.example.com"'),
    names: withoutException,
  },
  {
    id: 'wire.earlyReply',
    label: forTranslation('Early Reply'),
    description: forTranslation(
      'Stops when a reply arrives while the request is still being sent: between two sends, or where the send that was ' +
        'under way returns or fails. Over TLS its status is not known before it is read.',
    ),
    default: false,
    conditionDescription: forTranslation('such as: sent < 1MB or status >= 400'),
    names: withoutException,
  },
  {
    id: 'wire.requestSent',
    label: forTranslation('Request Sent'),
    description: forTranslation('Stops when the first bytes of an HTTP request have been sent.'),
    default: false,
    conditionDescription: forTranslation('such as: method == "POST" and path.startswith("/api")'),
    names: ['host', 'port', 'method', 'path', 'sent', 'acked'],
  },
  {
    id: 'wire.connectionOpened',
    label: forTranslation('Connection Opened'),
    description: forTranslation("Stops when a connection of the program's making stands, before TLS."),
    default: false,
    conditionDescription: forTranslation('such as: host != "localhost" and port not in (80, 443)'),
    names: ['host', 'port'],
  },
  {
    id: 'wire.slowReply',
    label: forTranslation('Slow Reply'),
    description: forTranslation(
      'Stops when a reply arrives that took longer than 5 seconds, or than the condition says.',
    ),
    default: false,
    conditionDescription: forTranslation('such as: elapsed > 500ms'),
    names: withoutException,
  },
];

export const AUTO_BREAKPOINTS = {
  'http.client.connect': 'An exception leaves http.client.HTTPConnection.connect: no connection came about.',
  'http.client.send': 'An exception leaves http.client.HTTPConnection.send.',
  'http.client.getresponse': 'An exception leaves http.client.HTTPConnection.getresponse: no reply could be read.',
  'urllib.do_open': "An exception reaches urllib.request's do_open, before it is turned into another.",
  'urllib.error': "urllib.request's do_open raises the URLError that it made of an exception.",
  'urllib3.urlopen': "An exception leaves urllib3's HTTPConnectionPool.urlopen.",
  'requests.send': 'requests.adapters.HTTPAdapter.send raises what it made of an exception.',
  httpx: 'httpx raises what it made of an exception of its transport.',
  aiohttp: "A lost connection reaches aiohttp's protocol.",
} as const;

/** The check box of the automatic breakpoints; `wire.autoBreakpoints` of the launch configuration chooses among them. */
export const PATH_FILTER = {
  id: 'wire.errorPath',
  label: forTranslation('Network Exception on Its Way'),
  description: forTranslation(
    'Stops where an exception of the network passes through http.client, urllib, urllib3, requests, httpx or aiohttp, ' +
      'and where it is turned into another. `wire.autoBreakpoints` in the launch configuration chooses the places.',
  ),
  default: true,
} as const;

/**
 * What counts as the failure of an upload that was asked about by its place: on in such a session, whether the boxes
 * are checked or not.
 */
export const FAILURES_OF_PLACES = ['wire.failed', 'wire.errorStatusUnread', 'wire.errorStatusRead'] as const;

export type AutoBreakpoint = keyof typeof AUTO_BREAKPOINTS;

export const AUTO_BREAKPOINT_NAMES = Object.keys(AUTO_BREAKPOINTS) as readonly AutoBreakpoint[];

/** The argument of `framewire_probe.stops.configure`; it replaces what was there. */
export interface ProbeConfiguration {
  readonly version: 1;
  /** Filters that are on. */
  readonly filters: readonly { readonly id: string; readonly condition: ConditionTree | null }[];
  readonly autoBreakpoints: readonly AutoBreakpoint[];
  /** Whose frame is on top at a stop: the library's that made the call, or the innermost of the user's code. */
  readonly topFrame: 'library' | 'program';
  /** When there are any: stops at the first send from each, and at nothing that has to do with none of them. */
  readonly stopAt: readonly Place[];
}

/** Lines of a source file: a call, a function, or all of it. */
export interface Place {
  /** Absolute path, as the program has it or with links in it. */
  readonly file: string;
  /** The first line, from 1. */
  readonly line: number;
  /** The last line; `line` when it is left out. */
  readonly endLine?: number | undefined;
}

export interface FilterRequest {
  readonly id: string;
  readonly condition?: string | undefined;
}

/** What `setExceptionBreakpoints` answers for one filter. */
export interface FilterAnswer {
  readonly id: string;
  readonly verified: boolean;
  readonly message: string | null;
}

/** Checks filters and conditions as they were asked for. A filter with a mistake in its condition is left off. */
export function wireConfiguration(
  requested: readonly FilterRequest[],
  autoBreakpoints: readonly AutoBreakpoint[] = AUTO_BREAKPOINT_NAMES,
  topFrame: ProbeConfiguration['topFrame'] = 'library',
  stopAt: ProbeConfiguration['stopAt'] = [],
): { readonly configuration: ProbeConfiguration; readonly answers: readonly FilterAnswer[] } {
  const filters: { id: string; condition: ConditionTree | null }[] = [];
  const answers = requested.map(({ id, condition }): FilterAnswer => {
    const filter = WIRE_FILTERS.find((one) => one.id === id);
    if (!filter) return { id, verified: false, message: `There is no wire breakpoint "${id}".` };
    try {
      const tree = condition?.trim() ? parseCondition(condition, filter.names) : null;
      filters.push({ id, condition: tree });
      return { id, verified: true, message: null };
    } catch (error) {
      if (!(error instanceof ConditionError)) throw error;
      return { id, verified: false, message: `Column ${error.column}: ${error.message}` };
    }
  });
  return { configuration: { version: 1, filters, autoBreakpoints, topFrame, stopAt }, answers };
}

/** The event that the probe sends through debugpy just before the `stopped` event of the same thread. */
export const STOP_EVENT = 'framewireStop';

/** Its body, and the answer of `framewire_probe.stops.describe(threadId)`; bytes and seconds, null for not known. */
export interface WireStop {
  readonly version: 1;
  /** As in the `stopped` event that follows. */
  readonly threadId: number;
  readonly threadIdent: number;
  /** Id of a filter, an automatic breakpoint's name, or `wire.stopAt`. */
  readonly breakpoint: string;
  readonly kind: 'filter' | 'autoBreakpoint' | 'place';
  /** The stop in one sentence. */
  readonly text: string;
  readonly exception: {
    readonly type: string;
    readonly message: string | null;
    /** As `chain` of the capture's `error` records, without frames. */
    readonly chain: readonly Readonly<Record<string, unknown>>[];
  } | null;
  /** The frame on top. */
  readonly frame: { readonly file: string; readonly line: number; readonly function: string };
  /** Socket id in this process's capture file. */
  readonly socket: number | null;
  readonly exchange: {
    readonly host: string | null;
    readonly port: number | null;
    readonly address: string | null;
    readonly method: string | null;
    /** Without the query. */
    readonly path: string | null;
    readonly status: number | null;
    /** "413 Request Entity Too Large" */
    readonly statusLine: string | null;
    readonly readByProgram: boolean;
    /** Bytes passed to sends. */
    readonly handed: number | null;
    /** Bytes taken by the system, on the wire: with what TLS adds. */
    readonly accepted: number | null;
    /** Bytes confirmed by the peer, on the wire. */
    readonly acknowledged: number | null;
    /** Content-Length of the request. */
    readonly announced: number | null;
    /** Seconds since the request began. */
    readonly elapsed: number | null;
    /** Milliseconds for which a reply that the program has not read had been here (Linux). */
    readonly unreadFor: number | null;
    readonly lastWords: { readonly outcome: string; readonly reason: string | null; readonly bytes: number } | null;
  } | null;
}
