/** Reads a capture for the tools: through the same process as the wire panel, with secrets masked, also while it grows. */
import type {
  ExchangeDetail,
  ExchangeRow,
  HostCalls,
  PanelCalls,
  PanelEvents,
  StreamDirection,
} from '../../messages/panel';
import { Channel } from '../../messages/panelChannel';
import type { HostProcess } from '../panels/hostProcess';
import { readable } from './framed';

/** Exchanges listed at once, and bytes read at once, at most. */
export const MAX_LISTED = 50;
export const MAX_BYTES = 4096;
/** Of the reply that comes with a finding. */
const REPLY_BYTES = 1000;
const MAX_FRAMES = 40;

type HostChannel = Channel<object, PanelCalls & HostCalls, object, PanelEvents>;

/** @param start starts the process; it ends with the work */
export async function withCapture<T>(
  start: () => HostProcess,
  work: (reader: CaptureReader) => Promise<T>,
): Promise<T> {
  const host = start();
  const channel: HostChannel = new Channel(host, {});
  const died = new Promise<never>((_, reject) => host.onExit((words) => reject(new Error(words))));
  try {
    const read = whole(channel).then(() => work(new CaptureReader(channel)));
    return await Promise.race([read, died]);
  } finally {
    channel.dispose();
    host.dispose();
  }
}

/** A large capture is read piece by piece: here all of what is there is waited for. */
async function whole(channel: HostChannel): Promise<void> {
  const read = new Promise<void>((resolve) => {
    channel.on('changed', ({ summary }) => {
      if (summary.reading === null) resolve();
    });
  });
  const { reading } = await channel.call('summary', {});
  if (reading !== null) await read;
}

export class CaptureReader {
  constructor(private readonly channel: HostChannel) {}

  /** @param query as in the panel's filter; @throws Error when it cannot be understood */
  async list(query: string): Promise<object> {
    const order = { column: 'time', descending: true } as const;
    const wanted = { query, order, grouped: false, rows: { start: 0, end: MAX_LISTED } };
    const { problem, matching, total, rows: items } = await this.channel.call('list', wanted);
    if (problem !== null) throw new Error(problem);
    const rows = items.filter((item): item is ExchangeRow => item.kind === 'exchange');
    return { total, matching, newestFirst: rows.map(brief) };
  }

  async finding(exchange: string): Promise<object> {
    const detail = await this.detail(exchange);
    const { row, finding, request, reply, errors, nodes, up, facts } = detail;
    const frames = nodes.filter((node) => node.kind === 'frame').slice(-MAX_FRAMES);
    return {
      exchange: brief(row),
      finding: finding && { ...finding, evidence: finding.evidence.map(({ label, text }) => ({ label, text })) },
      errors,
      request: request && { startLine: request.startLine, headers: headersOf(request), source: request.source },
      reply: reply && {
        startLine: reply.startLine,
        headers: headersOf(reply),
        readByProgram: reply.readByProgram,
        beginning: await this.bytesOf(detail, 'down', 0, REPLY_BYTES),
      },
      replyMissing: detail.replyMissing,
      requestBytes: up?.marks.map(({ kind, count, derived, atLeast }) => ({ kind, count, derived, atLeast })) ?? [],
      frames: frames.map(({ place, own, initiator }) => ({
        at: `${place.file}:${place.line}`,
        function: place.function,
        yourCode: own,
        ...(initiator ? { requestStartsHere: true } : {}),
      })),
      connection: facts.map(({ group, name, value }) => `${group}: ${name}: ${value}`),
    };
  }

  async bytes(exchange: string, direction: StreamDirection, start: number, length: number): Promise<object> {
    return this.bytesOf(await this.detail(exchange), direction, start, Math.min(length, MAX_BYTES));
  }

  private async detail(exchange: string): Promise<ExchangeDetail> {
    const detail = await this.channel.call('exchange', { exchange });
    if (!detail) throw new Error(`There is no exchange ${exchange} in this capture.`);
    return detail;
  }

  private async bytesOf(detail: ExchangeDetail, direction: StreamDirection, start: number, length: number) {
    const view = detail[direction];
    if (!view) throw new Error('No bytes were moved in that direction.');
    const first = Math.min(view.start + start, view.end);
    const span = { direction, start: first, end: Math.min(first + length, view.end) };
    const { data, masked } = await this.channel.call('bytes', { exchange: detail.row.id, ...span });
    const bytes = Buffer.from(data, 'base64');
    return {
      direction,
      start: first - view.start,
      length: bytes.length,
      /** Of the whole message, stored or not. */
      of: view.end - view.start,
      maskedBytes: masked.reduce((sum, secret) => sum + secret.end - secret.start, 0),
      ...readable(bytes),
    };
  }
}

const headersOf = (message: { readonly headers: readonly { readonly name: string; readonly value: string }[] }) =>
  message.headers.slice(0, 60).map(({ name, value }) => `${name}: ${value}`);

/** An exchange as a line of a list. */
function brief(row: ExchangeRow): object {
  const { id, method, scheme, host, port, path, status, reason, outcome, unreadReply, error, initiator, up, down } =
    row;
  return {
    id,
    method,
    url: `${scheme ?? 'tcp'}://${host ?? '?'}${port === null ? '' : `:${port}`}${path}`,
    status,
    reason,
    outcome,
    ...(unreadReply ? { replyNeverReadByProgram: true } : {}),
    error,
    from: initiator && `${initiator.file}:${initiator.line} ${initiator.function}`,
    bytesAccepted: row.upIs === 'accepted' ? up.value : null,
    ...(row.upIs === 'handed' && { bytesHanded: up.value }),
    bytesAnnounced: row.upAnnounced,
    bytesReceived: down,
    milliseconds: row.duration,
  };
}
