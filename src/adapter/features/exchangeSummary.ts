/** One exchange in the few words that a list of exchanges shows; secrets are masked. */
import type { Exchange } from '../../decode/exchange';
import { redact } from '../../export/redact';
import { exchangeError } from '../../export/reportErrors';
import type { ExchangeSummary } from '../../messages/dap';

export function summarizeExchange(exchange: Exchange): ExchangeSummary {
  const { id, process, request, response, intended, bytes, received, frames, initiator, live } = exchange;
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
    bytes: {
      announced: request?.bodyAnnounced ?? null,
      handed: bytes.handed.value,
      accepted: bytes.accepted.value,
      acknowledged: bytes.acknowledged.value,
      received,
    },
    error: error && { type: error.type, errno: error.errno, message: error.message },
    initiator: frame ? { file: frame.file, line: frame.line, function: frame.function } : null,
    live,
  };
}
