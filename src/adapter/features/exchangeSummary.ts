/** One exchange in the few words that a list of exchanges shows; secrets are masked. */
import type { Exchange } from '../../decode/exchange';
import { type OriginOf, originFromPath } from '../../diagnosis/client';
import { diagnose } from '../../diagnosis/diagnose';
import { redact } from '../../export/redact';
import { exchangeError } from '../../export/reportErrors';
import type { ExchangeSummary } from '../../messages/dap';

/** Without the place of its stack in a message, which only the message knows. */
export type Summary = Omit<ExchangeSummary, 'stack'>;

export function summarizeExchange(exchange: Exchange, originOf: OriginOf = originFromPath): Summary {
  const { id, process, request, response, intended, frames, initiator, live } = exchange;
  const url = request?.url ?? intended?.url ?? null;
  const error = exchangeError(exchange, redact);
  const frame = frames[initiator];
  return {
    id,
    pid: process.pid,
    method: request?.method ?? intended?.method ?? null,
    url: url === null ? null : redact.url(url),
    host: exchange.host,
    port: exchange.port,
    status: response?.status ?? null,
    reason: response?.reason ?? null,
    readByProgram: response?.readByProgram ?? null,
    bytes: bytesOf(exchange),
    began: Number((process.wallBase + BigInt(Math.round(exchange.beganAt - process.monotonicBase))) / 1_000_000n),
    duration: exchange.endedAt === null ? null : Math.round(Math.max(0, exchange.endedAt - exchange.beganAt) / 1e6),
    error: error && { type: error.type, errno: error.errno, message: error.message },
    initiator: frame ? { file: frame.file, line: frame.line, function: frame.function } : null,
    unreadReply: response?.readByProgram === false,
    finding: findingOf(exchange, originOf),
    live,
  };
}

function bytesOf({ bytes, request, received }: Exchange): Summary['bytes'] {
  const counts = Object.entries({
    handed: bytes.handed,
    accepted: bytes.accepted,
    acknowledged: bytes.acknowledged,
  }).filter(([, { value }]) => value !== null);
  return {
    announced: request?.bodyAnnounced ?? null,
    handed: bytes.handed.value,
    accepted: bytes.accepted.value,
    acknowledged: bytes.acknowledged.value,
    received,
    whole: request && request.bodyAnnounced !== null ? request.headRange.length + request.bodyAnnounced : null,
    derived: counts.filter(([, { derived }]) => derived).map(([name]) => name),
    atLeast: counts.filter(([, { atLeast }]) => atLeast).map(([name]) => name),
  };
}

function findingOf(exchange: Exchange, originOf: OriginOf): Summary['finding'] {
  const [finding] = diagnose(exchange, originOf);
  if (!finding) return null;
  const { id, title, severity, advice } = finding;
  return { id, title: redact.text(title), severity, advice: advice.map(({ text, code }) => ({ text, code })) };
}
