/**
 * The custom messages of the debug adapter, on top of the Debug Adapter Protocol: every event it sends and every
 * request it answers beyond the protocol's own. They are described here once; types and checks come from it.
 *
 * All texts are redacted (no passwords, tokens or cookies). Sizes are bytes; `null` means not known.
 */
import { exceptionSummary } from './dapExceptions';
import { processSummary, socketSummary } from './dapSockets';
import { count, document, flag, type Infer, integer, list, nullable, object, oneOf, optional, text } from './schema';

const frame = object('A place in Python source.', {
  file: text('Absolute path, or a name like "<frozen runpy>".'),
  line: count('Line number, from 1.'),
  function: text('Qualified name of the function.'),
});

const stackFrame = object('A frame of a call stack.', {
  file: text('Absolute path, or a name like "<frozen runpy>".'),
  line: count('Line number, from 1.'),
  function: text('Qualified name of the function.'),
  own: flag("The user's own code, not that of an installed package or of Python itself."),
});

const advice = list(
  'What to do about it.',
  object('One thing to do.', {
    text: text('In words.'),
    code: nullable(text('A line to type or to put into the program.')),
  }),
);

const severity = oneOf('How much it matters.', ['error', 'warning', 'info']);

const exchangeError = object('The exception that broke the exchange.', {
  type: text('Name of the exception class, such as "BrokenPipeError".'),
  errno: nullable(integer('errno, for operating system errors; negative for name resolution.')),
  message: nullable(text('The text of the exception.')),
});

const exchangeSummary = object('One request and its reply, or the attempt at one, as far as it has got.', {
  id: text('Unique in the capture and stable while it grows.'),
  pid: count('The process it happened in.'),
  method: nullable(text('HTTP method.')),
  url: nullable(text('Absolute URL.')),
  host: nullable(text('The name that the program asked for.')),
  port: nullable(count('Port that the program asked for.')),
  status: nullable(count('HTTP status code; null while there is no reply.')),
  reason: nullable(text('Reason phrase of the reply.')),
  readByProgram: nullable(flag('Whether the program itself received the reply.')),
  bytes: object('Bytes of the request, head and body: three different figures.', {
    announced: nullable(count('Content-Length of the request: body only.')),
    handed: nullable(count('Passed by the program to send, sendall or write.')),
    accepted: nullable(count('Taken by the kernel.')),
    acknowledged: nullable(count("Confirmed by the peer's TCP.")),
    received: count('Bytes of the reply that were seen.'),
    whole: nullable(
      count('Head and body of the request as announced: what handed, accepted and acknowledged grow to.'),
    ),
    derived: list(
      'Which of handed, accepted and acknowledged were computed from other figures instead of measured.',
      text('Name of the count.'),
    ),
    atLeast: list('Which of them are lower bounds.', text('Name of the count.')),
  }),
  began: count('When it began, in milliseconds since 1970.'),
  duration: nullable(count('Milliseconds from its beginning to its end; null while it has none.')),
  error: nullable(exchangeError),
  initiator: nullable(frame),
  stack: nullable(count('Index in `stacks` of the stack that sent its first bytes or made the attempt.')),
  unreadReply: flag('There is a reply and the program never received it.'),
  finding: nullable(
    object('What is to be said about it as far as it has got.', {
      id: text('Name of the rule, such as "refused-early".'),
      title: text('One sentence.'),
      severity,
      advice,
    }),
  ),
  live: flag('It may still change: the connection is open and the process runs.'),
});

const finding = object('What went wrong in one exchange, or what is worth knowing about it.', {
  id: text('Name of the rule, such as "refused-early".'),
  exchange: text('Id of the exchange it is about.'),
  title: text('One sentence.'),
  side: text('Whose side: program, client library, network, server, tls, dns, proxy.'),
  severity,
  summary: text('What happened, in a few sentences.'),
  advice,
});

/** Events from the adapter to its client, by name. */
export const events = {
  framewireCapture: object('The recording was set up, or cannot be: sent once per session, before the program runs.', {
    folder: nullable(text('The capture folder, an absolute path; null when nothing is recorded.')),
    problem: nullable(text('Why nothing is recorded; null when it is.')),
  }),
  framewireExchanges: object('Exchanges that are new or have changed since the last such event.', {
    folder: text('The capture folder.'),
    exchanges: list('At most 100 per event.', exchangeSummary),
    stacks: list(
      'The call stacks of these exchanges, each once.',
      list('Innermost frame first; of a deep one, frames of libraries are left out.', stackFrame),
    ),
  }),
  framewireSockets: object('Processes and connections that are new or have changed since the last such event.', {
    folder: text('The capture folder.'),
    processes: list('Processes come before their connections.', processSummary),
    sockets: list('At most 100 per event.', socketSummary),
  }),
  framewireExceptions: object('Exceptions that are new, or of which more is known, since the last such event.', {
    folder: text('The capture folder.'),
    exceptions: list('At most 100 per event. The latest 500 of a process are followed.', exceptionSummary),
  }),
  framewireFindings: object(
    'The findings of the whole capture: sent once, after the program and before `terminated`.',
    {
      folder: text('The capture folder.'),
      findings: list('Most important first; empty when all went well. At most 500 of each severity.', finding),
      exchanges: count('Number of exchanges in the capture.'),
      report: text('The report for people, plain text of many lines, without escape sequences.'),
    },
  ),
} as const;

/** Requests that the adapter answers itself; those about the capture fail with a message while there is none. */
export const requests = {
  framewireReport: {
    description: 'The report of the capture as it is now.',
    arguments: object('What to put in.', {
      reveal: optional(flag('Leave secrets in.', { default: false })),
    }),
    body: object('The report.', {
      folder: text('The capture folder.'),
      report: document('The documented, versioned JSON report, as `framewire show --json` prints it.'),
      text: text('The report for people, plain text.'),
    }),
  },
  framewireException: {
    description: 'The exception that a thread is stopped at, and those that it names. Works without a capture, too.',
    arguments: object('Which thread.', { threadId: count('Id of the thread in the protocol.') }),
    body: object('The exception.', {
      exception: nullable(exceptionSummary),
    }),
  },
  framewireReadBytes: {
    description: 'Bytes of one exchange as they were captured, not redacted: they are for a view, byte by byte.',
    arguments: object('Which bytes.', {
      exchange: text('Id of the exchange.'),
      direction: oneOf('up is the request, down is the reply.', ['up', 'down']),
      part: optional(oneOf('The whole message (default), its head or its body.', ['message', 'head', 'body'])),
      start: count('First byte wanted, counted from the start of that part.'),
      length: count('Bytes wanted; at most 65,536 are given at once.'),
    }),
    body: object('The bytes.', {
      data: text('base64; shorter than asked for at the end of what is stored.'),
      size: count('Size of the part as far as it was seen, stored or not.'),
    }),
  },
} as const;

export type FramewireEvents = { [K in keyof typeof events]: Infer<(typeof events)[K]> };
export type FramewireRequests = {
  [K in keyof typeof requests]: {
    arguments: Infer<(typeof requests)[K]['arguments']>;
    body: Infer<(typeof requests)[K]['body']>;
  };
};
export type CaptureBody = FramewireEvents['framewireCapture'];
export type ExchangesBody = FramewireEvents['framewireExchanges'];
export type FindingsBody = FramewireEvents['framewireFindings'];
export type ExchangeSummary = Infer<typeof exchangeSummary>;
export type FindingSummary = Infer<typeof finding>;
export type SourceFrame = Infer<typeof frame>;
export type StackFrame = Infer<typeof stackFrame>;
export type SocketsBody = FramewireEvents['framewireSockets'];
export type ExceptionsBody = FramewireEvents['framewireExceptions'];

export const isFramewireEvent = (name: string): name is keyof FramewireEvents => Object.hasOwn(events, name);
export const isFramewireRequest = (name: string): name is keyof FramewireRequests => Object.hasOwn(requests, name);
/** Those that are about the capture; the others are about where the program is stopped. */
export const isCaptureRequest = (name: string): boolean => isFramewireRequest(name) && name !== 'framewireException';
