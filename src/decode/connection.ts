import type { Frame, IoOperation, Resolve, Scope } from '../wire/model';
import type { ProcessModel } from '../wire/processModel';
import { arrivalOf } from './arrival';
import { joinStacks } from './asyncStack';
import { type Attempt, firstSocket } from './attempts';
import type { BodyIndex } from './bodyIndex';
import { countBytes } from './counts';
import type { Draft } from './draft';
import type { Exchange, Failure, ReplyArrival, RequestMessage, ResponseMessage } from './exchange';
import { brokenCarrier, brokenOperation, failureOf, peerEndOf } from './failure';
import { headerList } from './http1Head';
import { HttpConnection } from './httpConnection';
import { initiatorOf } from './initiator';
import { cameAfterFailure, lastWordsOf } from './lastWords';
import { bodySourceOf, isEarly, messageOf, responseOf, wasReadByProgram } from './messages';
import { endOf } from './operations';
import type { PreviewStore } from './previewStore';
import { RequestParts } from './requestBody';
import { intendedBy, scopeChain } from './scopes';
import { ConnectionSlots, type Slot, type SlotOperations, slotOperations } from './slots';
import { type Authority, hostAndPort, parseAuthority, requestUrl } from './target';
import { beginsWithTls, isOnlyGreeting } from './tlsRecords';

/** One connection of a process (or the failed attempt at one) and the exchanges on it. */
export class Connection {
  private readonly wire: HttpConnection;
  private readonly tls: HttpConnection;
  private readonly parts = new Map<string, RequestParts>();
  private opaque = false; // it carries TLS, whether or not the inside is known

  constructor(
    private readonly process: ProcessModel,
    readonly attempt: Attempt,
    /** What gave the address that was connected to. */
    private readonly resolve: Resolve | null,
    private readonly bodies: BodyIndex,
    private readonly previews: PreviewStore,
  ) {
    this.wire = new HttpConnection(attempt.socket, 'wire');
    this.tls = new HttpConnection(attempt.socket, 'tls');
  }

  /** Nothing more will happen on it. */
  get over(): boolean {
    const { close } = this.attempt.socket;
    return (close !== null && close.how !== 'detach') || this.process.ended;
  }

  /** Counts up with everything that happens on it, and when its process ends: until then it drafts the same. */
  get version(): number {
    return this.attempt.socket.version + (this.process.ended ? 1 : 0);
  }

  /**
   * Decodes what has come since, and drafts the exchanges from `first` on.
   * @param first exchanges before it are known to be final
   * @param end exchanges from it on are not wanted
   */
  async drafts(first: number, end = Number.POSITIVE_INFINITY): Promise<Draft[]> {
    const { socket, connects } = this.attempt;
    await this.wire.update(this.over || this.tls.used);
    await this.tls.update(this.over);
    this.opaque ||= this.wire.requests.length === 0 && (await beginsWithTls(this.wire.up));
    if (connects.length === 0 && this.wire.requests.length + this.tls.requests.length === 0) return []; // found open, and no HTTP client
    const slots = new ConnectionSlots(socket, this.wire, this.tls);
    const drafts: Draft[] = [];
    for (let index = first; index < Math.min(slots.count, end); index += 1) {
      const slot = slots.at(index) as Slot;
      const next = slots.at(index + 1);
      const nextBeganAt = next ? (slotOperations(next, Number.POSITIVE_INFINITY).up[0]?.at ?? Infinity) : Infinity;
      drafts.push(await this.draft(slot, index, slotOperations(slot, nextBeganAt), nextBeganAt));
    }
    return drafts;
  }

  /** Lets go of the heads of messages that belong to exchanges before `first`, which are final. */
  forget(first: number): void {
    this.wire.forget(first);
    this.tls.forget(first - Math.max(this.wire.requests.length, this.wire.responses.length));
  }

  private async draft(slot: Slot, index: number, operations: SlotOperations, nextBeganAt: number): Promise<Draft> {
    const { attempt, process } = this;
    const { socket } = attempt;
    const all = [...operations.up, ...operations.down];
    const broken = brokenOperation(all) ?? this.brokenBeneath(slot, operations, nextBeganAt);
    const tls = slot.layer === this.tls || (slot.layer === null && socket.tls) ? socket.tls : null;
    const greeting = !slot.request && slot.layer === this.wire && this.opaque && (await isOnlyGreeting(this.wire.up));
    const during = greeting ? 'tls' : null; // with TLS in memory it is a send or receive that fails
    const failure = broken ? failureOf(broken, (id) => process.frames(id), during) : this.failureBefore(slot);
    const connects = index === 0 ? attempt.connects : [];
    const chains = this.chains(operations, broken);
    const sendChain = chains.at(-1) ?? [];
    const intended = intendedBy(sendChain);
    const connect = attempt.connects.at(-1) ?? null;
    const peer = connect?.address != null ? { address: connect.address, port: connect.port ?? 0 } : null;
    const beganAt = this.beganAt(index, operations);
    const request = await this.request(slot, index, operations, sendChain, beganAt);
    const named = hostAndPort({
      request,
      tunnel: slot.layer === this.wire ? null : this.tunnel,
      intended,
      serverName: tls?.serverName ?? null,
      connectHost: connect?.host ?? null,
      peer: connect?.port == null ? null : peer, // a path has no port
      resolved: this.resolve,
    });
    // joined, it is one string; put together, it would be a tree of them
    const id = [process.info.file, firstSocket(attempt), index].join('/');
    const response = await this.response(slot, id, request, operations, broken);
    const frames = joinStacks(process.frames(operations.up[0]?.stackId ?? 0), this.askedFor(slot));
    const origin = frames.length > 0 ? frames : (failure?.frames ?? connect?.stack ?? []);
    const { counters } = socket;
    const counted = countBytes(socket, slot.layer?.up ?? null, slot.up);
    const exchange: Exchange = {
      id,
      process: process.info,
      socket,
      index,
      scheme: this.scheme(slot, tls !== null, intended?.url ?? null),
      host: named.host,
      port: named.port,
      peer,
      resolve: this.resolve,
      connects,
      tls,
      request,
      response,
      interim: slot.unanswered ? (slot.layer?.interim ?? []) : [],
      intended,
      bytes: counted.bytes,
      wireBytes: counted.wireBytes,
      connectionBytes: {
        accepted: counters.findLast((one) => one.accepted !== null)?.accepted ?? null,
        acknowledged: counters.findLast((one) => one.acknowledged !== null)?.acknowledged ?? null,
      },
      received: response ? response.headRange.length + response.bodyRange.length : slot.down.length,
      failure,
      lastWords: slot.last ? lastWordsOf(socket) : null,
      peerEnd: slot.last ? peerEndOf(socket, broken ? [...all, broken] : all) : 'open',
      raised: null,
      followed: false,
      frames: origin,
      initiator: initiatorOf(origin),
      beganAt,
      endedAt: this.endedAt(slot, response, failure),
      live: slot.last && !this.over && !this.failedToConnect,
    };
    const over = this.over || (!slot.last && (response?.complete ?? false));
    return { exchange, chains, operations: all, over, greeting };
  }

  /** The stack of who made the request, where another task sends it. */
  private askedFor({ layer, up }: Slot): readonly Frame[] {
    const { requests } = this.attempt.socket;
    return requests.findLast((one) => one.layer === layer?.layer && one.offset === up.start)?.stack ?? [];
  }

  /** Where a proxy was asked to connect to. */
  private get tunnel(): Authority | null {
    const request = this.wire.requests.findLast(({ head }) => head.request?.method === 'CONNECT')?.head.request;
    return request ? parseAuthority(request.target) : null;
  }

  private get failedToConnect(): boolean {
    return this.attempt.connects.at(-1)?.result === 'failed';
  }

  /** With TLS in memory it is the carrying socket's operations that fail. */
  private brokenBeneath(slot: Slot, { up, down }: SlotOperations, nextBeganAt: number): IoOperation | null {
    const { socket } = this.attempt;
    const answered = slot.response?.complete && down.some((one) => !one.lastWords);
    if (slot.layer === this.wire || (slot.request?.complete && answered)) return null;
    return brokenCarrier(socket, up[0]?.at ?? 0, nextBeganAt);
  }

  /** A failure before the first byte: no connection, or no TLS. */
  private failureBefore(slot: Slot): Failure | null {
    const { connects, socket } = this.attempt;
    const connect = connects.at(-1);
    if (slot.layer !== null) return null;
    if (socket.tls?.error) {
      const { at, duration, error, stack } = socket.tls;
      return { error, operation: 'do_handshake', phase: 'tls', at, duration, frames: stack };
    }
    if (!connect?.error || connect.result !== 'failed') return null;
    const { at, duration, error, stack } = connect;
    return { error, operation: 'connect', phase: 'connect', at, duration, frames: stack };
  }

  /** The library calls around what broke, around the last receive, and (last) around the first send or the connect. */
  private chains({ up, down }: SlotOperations, broken: IoOperation | null): Scope[][] {
    const { socket, connects } = this.attempt;
    const before = socket.tls?.scope || connects.at(-1)?.scope || 0;
    const received = down.findLast((one) => !one.lastWords)?.scope;
    const scopes = [broken?.scope, received, up.at(-1)?.scope, up[0]?.scope ?? before];
    const distinct = scopes.filter((scope, index) => scope !== undefined && scopes.lastIndexOf(scope) === index);
    return distinct.map((scope) => scopeChain(this.process, scope as number));
  }

  private beganAt(index: number, { up, down }: SlotOperations): number {
    const { connects, socket } = this.attempt;
    const { resolve } = this;
    const connect = connects[0];
    if (index > 0 || !connect) return up[0]?.at ?? down[0]?.at ?? socket.tls?.at ?? socket.at;
    const together = resolve && resolve.thread === connect.thread && resolve.scope === connect.scope;
    return together ? Math.min(resolve.at, connect.at) : connect.at;
  }

  private endedAt(slot: Slot, response: ResponseMessage | null, failure: Failure | null): number | null {
    if (response?.endedAt != null) return response.endedAt;
    if (failure) return failure.at + failure.duration;
    return slot.last ? (this.attempt.socket.close?.at ?? null) : null;
  }

  private scheme(slot: Slot, secure: boolean, url: string | null): Exchange['scheme'] {
    if (slot.request || slot.response) return secure ? 'https' : 'http';
    const intended = /^(https?):/i.exec(url ?? '')?.[1]?.toLowerCase() as 'http' | 'https' | undefined;
    if (intended) return intended;
    if (secure || this.opaque) return 'tls';
    return this.attempt.socket.family === 'AF_UNIX' ? 'unix' : 'tcp';
  }

  private async request(
    slot: Slot,
    index: number,
    { up }: SlotOperations,
    chain: readonly Scope[],
    beganAt: number,
  ): Promise<RequestMessage | null> {
    const { attempt } = this;
    const line = slot.request?.head.request;
    const stream = slot.layer?.up;
    if (!slot.request || !line || !stream) return null;
    const message = messageOf(slot.request, up, true);
    const hasBody = slot.request.head.framing.kind !== 'none' && message.bodyAnnounced !== 0;
    const last = up.at(-1);
    const record = hasBody
      ? this.bodies.find(chain, attempt.socket.id, { from: beganAt, to: last ? endOf(last) : beganAt })
      : null;
    const connect = attempt.connects.at(-1);
    const host = connect?.host ?? this.resolve?.host ?? connect?.address ?? null;
    const scheme = slot.layer === this.tls ? 'https' : 'http';
    return {
      startLine: message.startLine,
      httpVersion: message.httpVersion,
      headers: message.headers,
      headRange: message.headRange,
      bodyRange: message.bodyRange,
      bodyAnnounced: message.bodyAnnounced,
      chunked: message.chunked,
      complete: message.complete,
      beganAt: message.beganAt,
      endedAt: message.endedAt,
      problem: message.problem,
      method: line.method,
      target: line.target,
      url: requestUrl(
        scheme,
        line.method,
        line.target,
        message.headers,
        host === null ? null : { host, port: connect?.port ?? null },
      ),
      parts: hasBody ? await this.partsOf(`${slot.layer?.layer}/${index}`, slot).parts(record) : [],
      body: bodySourceOf(record),
      expectContinue: headerList(message.headers, 'expect').includes('100-continue'),
    };
  }

  private partsOf(key: string, slot: Slot): RequestParts {
    let parts = this.parts.get(key);
    if (!parts && slot.request && slot.layer?.up) {
      parts = new RequestParts(slot.request, slot.layer.up);
      this.parts.clear(); // only the exchange under way is looked at again
      this.parts.set(key, parts);
    }
    return parts as RequestParts;
  }

  private async response(
    slot: Slot,
    id: string,
    request: RequestMessage | null,
    { up, down }: SlotOperations,
    broken: IoOperation | null,
  ): Promise<ResponseMessage | null> {
    const stream = slot.layer?.down;
    if (!slot.response || !stream) return null;
    const { head } = slot.response;
    const carrying = down.filter((one) => one.range.end > head.range.start);
    const message = messageOf(slot.response, carrying, false);
    const readByProgram = wasReadByProgram(stream, head.range);
    const wanted = (head.response?.status ?? 0) >= 400 || !readByProgram || (request !== null && !request.complete);
    const arrival = arrivalOf(this.attempt.socket, slot.layer.up, slot.up, up, carrying, head.range);
    const preview = await this.previews.get(id, stream.bytes, message, wanted);
    return responseOf(slot.response, message, {
      readByProgram,
      early: isEarly(message, slot.request, up, arrival),
      arrivedBeforeFailure: this.arrivedBefore(message.beganAt, broken, arrival, request && askedAt(request, up)),
      arrival,
      bodyPreview: preview.bodyPreview,
      bodyPreviewTruncated: preview.bodyPreviewTruncated,
    });
  }

  /**
   * How long the reply had been lying there when the operation failed, from the kernel's word then or earlier.
   * @param askedAt nothing can have arrived earlier, whatever the kernel says: its clock ticks every few milliseconds
   */
  private arrivedBefore(
    readAt: number,
    broken: IoOperation | null,
    arrival: ReplyArrival | null,
    askedAt: number | null,
  ): number | null {
    if (!broken || readAt < broken.at) return null;
    if (arrival) return Math.max(0, endOf(broken) - arrival.at);
    if (cameAfterFailure(this.attempt.socket, broken.at)) return null;
    const counters = this.attempt.socket.counters.find(
      (one) => one.moment === 'failed' && one.at >= broken.at && one.lastDataReceivedMs !== null,
    );
    if (!counters) return null;
    const told = counters.at - (counters.lastDataReceivedMs as number) * 1e6;
    return Math.max(0, endOf(broken) - Math.max(told, askedAt ?? told));
  }
}

/** When the head of the request had been sent: at the end of the call that took the last of it, or at its beginning when it failed. */
function askedAt({ headRange }: RequestMessage, up: readonly IoOperation[]): number | null {
  const last = up.find(({ range }) => range.end >= headRange.end);
  return last ? (last.error === null && !last.pending ? endOf(last) : last.at) : null;
}
