/** One connection in what a list of connections shows of it; secrets are masked. */
import type { Failure } from '../../decode/exchange';
import { brokenCarrier, brokenOperation } from '../../decode/failure';
import { countSocket, receivedBytes } from '../../decode/socketCounts';
import { redact } from '../../export/redact';
import type { ProcessSummary, SocketSummary } from '../../messages/dapSockets';
import type { Connect, Counters, ErrorChain, Socket } from '../../wire/model';
import type { ProcessModel } from '../../wire/processModel';
import { programCommand } from '../../wire/programCommand';
import { wallTime } from './wallTime';

/** Whether it is, or was to be, a connection: not a pair within the program, nor datagrams, nor a socket never used. */
export function isConnection(socket: Socket): boolean {
  if (!socket.type.includes('SOCK_STREAM')) return false;
  if (socket.connects.length > 0 || socket.accepted || socket.tls) return true;
  return socket.how !== 'created' && socket.streams.length > 0;
}

/** @param running the recorded program has not ended */
export function summarizeProcess({ info }: ProcessModel, running: boolean, sockets: number): ProcessSummary {
  return {
    id: info.file,
    pid: info.pid,
    parent: info.ppid,
    command: redact.argv(info.argv.length > 0 ? programCommand(info.argv) : [info.executable ?? '']),
    python: info.python,
    running: running && !info.ended,
    sockets,
  };
}

/** What a connection's summary tells of the exchange to look at. */
export interface SocketExchange {
  readonly id: string;
  readonly host: string | null;
  readonly failure: Pick<Failure, 'error' | 'operation' | 'at'> | null;
}

/**
 * @param exchange the one on it to look at
 * @param running its process has not ended
 */
export function summarizeSocket(
  { info }: ProcessModel,
  socket: Socket,
  exchange: SocketExchange | null,
  running: boolean,
): SocketSummary {
  const connect = socket.connects.at(-1) ?? null;
  const error = errorOf(socket, exchange);
  const { tls, options } = socket;
  const last = options.at(-1) ?? null;
  return {
    id: `${info.file}/${socket.id}`,
    process: info.file,
    side: socket.accepted ? 'server' : 'client',
    host: connect?.host ?? exchange?.host ?? tls?.serverName ?? null,
    peer: connect?.address == null ? null : { host: connect.address, port: connect.port },
    local: connect?.localAddress == null ? null : { host: connect.localAddress, port: connect.localPort },
    state: stateOf(socket, error !== null, running),
    bytes: countSocket(socket),
    received: receivedBytes(socket),
    wire: kernelFigures(socket.counters),
    tls: tls && {
      version: tls.version,
      cipher: tls.cipher,
      alpn: tls.alpn,
      serverName: tls.serverName,
      verified: tls.verifyMode === null ? null : tls.verifyMode !== 'none',
      certificate: tls.certificate && {
        subject: tls.certificate.subject,
        issuer: tls.certificate.issuer,
        names: tls.certificate.names,
        notBefore: tls.certificate.notBefore,
        notAfter: tls.certificate.notAfter,
      },
    },
    options: last && {
      noDelay: last.noDelay,
      keepAlive: last.keepAlive,
      sendBuffer: last.sendBuffer,
      receiveBuffer: last.receiveBuffer,
      linger: last.linger,
      timeout: last.timeout,
    },
    error,
    began: wallTime(info, socket.connects[0]?.at ?? socket.at),
    connected: connect?.result === 'connected' ? connect.duration / 1e6 : null,
    handshake: tls && !tls.error ? tls.duration / 1e6 : null,
    ended: socket.close ? wallTime(info, socket.close.at) : null,
    exchange: exchange?.id ?? null,
  };
}

/** The kernel's last word on each figure. */
function kernelFigures(counters: readonly Counters[]): SocketSummary['wire'] {
  const last = <Key extends keyof Counters>(key: Key) => counters.findLast((one) => one[key] !== null)?.[key] ?? null;
  return {
    accepted: last('accepted'),
    acknowledged: last('acknowledged'),
    received: last('received'),
    unread: counters.at(-1)?.unread ?? null,
    retransmits: last('retransmits'),
    rtt: last('rttMicroseconds'),
    state: last('state'),
  };
}

function stateOf(socket: Socket, broken: boolean, running: boolean): SocketSummary['state'] {
  if (broken) return 'failed';
  if (socket.close || !running) return 'closed';
  const pending = socket.connects.at(-1)?.result === 'in-progress';
  const stands = socket.streams.length > 0 || socket.tls !== null || socket.counters.some(isEstablished);
  return pending && !stands ? 'connecting' : 'connected';
}

const isEstablished = ({ state }: Counters): boolean => state !== null && state !== 'SYN_SENT';

function errorOf(socket: Socket, exchange: SocketExchange | null): SocketSummary['error'] {
  const told = ownError(socket) ?? (exchange?.failure ? [exchange.failure.error, exchange.failure.operation] : null);
  if (!told) return null;
  const [chain, operation] = told as [ErrorChain, string];
  const [{ type, errnoName, message }] = chain;
  return { type, errnoName, message: message === null ? null : redact.text(message), operation };
}

function ownError(socket: Socket): readonly [ErrorChain, string] | null {
  const connect: Connect | undefined = socket.connects.at(-1);
  if (connect?.result === 'failed' && connect.error) return [connect.error, 'connect'];
  if (socket.tls?.error) return [socket.tls.error, 'do_handshake'];
  const operations = socket.streams.flatMap((one) => [...one.operations]);
  if (!operations.some((one) => one.error)) return null;
  const carrier = brokenCarrier(socket, 0, Number.POSITIVE_INFINITY);
  const own = operations.filter((one) => socket.tls?.dataOffset == null || one.layer === 'tls');
  const broken = brokenOperation(own) ?? carrier;
  return broken?.error ? [broken.error, broken.op] : null;
}
