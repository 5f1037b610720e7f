import type { ErrorChain, Resolve } from '../wire/model';
import type { ProcessModel } from '../wire/processModel';
import type { Draft } from './draft';
import type { Count, Exchange } from './exchange';
import { initiatorOf } from './initiator';
import { intendedBy, scopeChain } from './scopes';
import { hostAndPort, parseUrl } from './target';

const NOTHING: Count = { value: 0, derived: false, atLeast: false };

/** An exchange that ended with a name that could not be resolved: there never was a socket. */
export function failedResolveDraft(process: ProcessModel, resolve: Resolve, index: number): Draft {
  const chain = scopeChain(process, resolve.scope);
  const intended = intendedBy(chain);
  const scheme = parseUrl(intended?.url ?? null)?.scheme;
  const exchange: Exchange = {
    id: `${process.info.file}/r${index}/0`,
    process: process.info,
    socket: null,
    index: 0,
    scheme: scheme === 'http' || scheme === 'https' ? scheme : null,
    ...hostAndPort({
      request: null,
      tunnel: null,
      intended: null,
      serverName: null,
      connectHost: resolve.host,
      peer: null,
      resolved: resolve,
    }),
    peer: null,
    resolve,
    connects: [],
    tls: null,
    request: null,
    response: null,
    interim: [],
    intended,
    bytes: { handed: NOTHING, accepted: NOTHING, acknowledged: NOTHING },
    wireBytes: { accepted: NOTHING, acknowledged: NOTHING },
    connectionBytes: { accepted: null, acknowledged: null },
    received: 0,
    failure: {
      error: resolve.error as ErrorChain,
      operation: resolve.function,
      phase: 'resolve',
      at: resolve.at,
      duration: resolve.duration,
      frames: resolve.stack,
    },
    lastWords: null,
    peerEnd: 'unknown',
    raised: null,
    followed: false,
    frames: resolve.stack,
    initiator: initiatorOf(resolve.stack),
    beganAt: resolve.at,
    endedAt: resolve.at + resolve.duration,
    live: false,
  };
  return { exchange, chains: [chain], operations: [], over: true, greeting: false };
}
