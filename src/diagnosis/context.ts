/** What every rule looks at: an exchange with the questions about it that several rules ask. */
import type { Exchange, Failure } from '../decode/exchange';
import { cameAfterFailure } from '../decode/lastWords';
import { leadsTo, parseUrl } from '../decode/target';
import type { ErrorInfo } from '../wire/model';
import { classify, type ErrorKind, errorOfKind } from './classify';
import type { Client } from './client';
import type { Finding } from './finding';
import { endpoint, hostAndPort } from './wording';

/** A pure function from one exchange to at most one finding. */
export interface Rule {
  readonly id: string;
  check(context: Context): Finding | null;
}

export class Context {
  constructor(
    readonly exchange: Exchange,
    readonly client: Client | null,
  ) {}

  /** "urllib", or "the program" when it works without an HTTP library. */
  get clientName(): string {
    return this.client?.name ?? 'the program';
  }

  /** "localhost:8444", in the words the program used. */
  get server(): string {
    return hostAndPort(this.exchange);
  }

  /** A sentence for a connection that does not go to the host that the program asked for; null where it does. */
  get detour(): string | null {
    const { intended, request, host, port } = this.exchange;
    const wanted = parseUrl(intended?.url ?? null);
    if (request || !wanted || leadsTo(wanted, host, port)) return null;
    return `The program asked for ${endpoint(wanted.host, wanted.port)}; this connection goes elsewhere, as to a proxy (HTTP_PROXY, HTTPS_PROXY) or where a redirect points.`;
  }

  /** The operation's own error first, then all that came of it. */
  get errors(): readonly ErrorInfo[] {
    return [...(this.exchange.failure?.error ?? []), ...(this.exchange.raised ?? [])];
  }

  /** The error nearest to the operation that failed. */
  get rootError(): ErrorInfo | null {
    return this.exchange.failure?.error[0] ?? this.exchange.raised?.at(-1) ?? null;
  }

  find(kind: ErrorKind): ErrorInfo | null {
    return errorOfKind(this.errors, kind);
  }

  /** The failure, when it happened in that phase and was of one of those kinds. */
  failedIn(phase: Failure['phase'], ...kinds: readonly ErrorKind[]): Failure | null {
    const { failure } = this.exchange;
    if (!failure || failure.phase !== phase) return null;
    return kinds.length === 0 || kinds.includes(classify(failure.error[0])) ? failure : null;
  }

  /** The program's time limit ended the wait for a reply that came only after that: it had stopped to look at the failure, perhaps. */
  get repliedTooLate(): boolean {
    const failure = this.failedIn('receive', 'timeout');
    const { socket, response } = this.exchange;
    if (response?.readByProgram !== false) return false;
    return failure !== null && socket !== null && cameAfterFailure(socket, failure.at);
  }

  /** The connection broke or was ended under the program, whatever the error is called. */
  get wasCut(): boolean {
    const { failure, peerEnd } = this.exchange;
    if (failure) return classify(failure.error[0]) === 'cut';
    return this.find('cut') !== null && (peerEnd === 'fin' || peerEnd === 'reset');
  }

  /** Head and body of the request as announced; null when unknown (chunked, or no request). */
  get requestSize(): number | null {
    const request = this.exchange.request;
    if (!request || request.chunked) return null;
    return request.headRange.length + (request.bodyAnnounced ?? 0);
  }

  /** An exchange that left the library with an exception is an error; one that did not has cost the program less. */
  get severity(): 'error' | 'warning' {
    const { raised, failure, intended } = this.exchange;
    return raised !== null || (failure !== null && intended === null) ? 'error' : 'warning';
  }
}
