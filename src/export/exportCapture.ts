/** From a capture folder to a file for another tool, exchange by exchange: memory does not grow with what is exported. */
import { CaptureExchanges } from '../decode/captureExchanges';
import type { Exchange } from '../decode/exchange';
import type { ProcessModel } from '../wire/processModel';
import { CaptureReader } from '../wire/reader';
import type { SocketModel } from '../wire/socketModel';
import type { Sink } from './exportFile';
import { HarWriter } from './har/harWriter';
import { PcapngWriter } from './pcapng/pcapngWriter';
import { type Redactor, redact, reveal } from './redact';
import { Spool } from './spool';

export const EXPORT_FORMATS = ['har', 'pcapng'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

export interface ExportOptions {
  readonly format: ExportFormat;
  /** "0.1.0" of this product. */
  readonly version: string;
  /** Where a file for what comes out of order may be; the folder of the export is best. */
  readonly workFolder: string;
  readonly revealed?: boolean;
  /** Bytes of a body that are written out; 1 MiB unless told. */
  readonly maxBody?: number | undefined;
  /** Which exchanges; all unless told. */
  readonly wants?: (exchange: Exchange) => boolean;
  /** Is told how much of the capture was read, from 0 to 1. */
  readonly progress?: (done: number) => void;
  readonly signal?: AbortSignal;
}

export interface ExportSummary {
  /** Exchanges in the file. */
  readonly exchanges: number;
  /** Connections that are not in it, by the reason. */
  readonly leftOut: { readonly noHttp: number; readonly noAddress: number };
  /** What is wrong with the capture, each a sentence. */
  readonly problems: readonly string[];
}

/** Makes one file of what it is told, in the order in which exchanges and sockets come to their end. */
export interface CaptureWriter {
  /** Nothing will change about it any more, or the capture ends here. */
  exchange(exchange: Exchange): Promise<void>;
  /** Comes after the exchanges of the socket. */
  socket(process: ProcessModel, socket: SocketModel): Promise<void>;
  /** Writes the file. */
  finish(sink: Sink, reader: CaptureReader): Promise<Omit<ExportSummary, 'problems'>>;
}

export interface WriterOptions {
  readonly redactor: Redactor;
  readonly spool: Spool;
  readonly version: string;
  readonly maxBody: number;
  readonly wants: (exchange: Exchange) => boolean;
}

const WRITERS: Readonly<Record<ExportFormat, (options: WriterOptions) => CaptureWriter>> = {
  har: (options) => new HarWriter(options),
  pcapng: (options) => new PcapngWriter(options),
};

export const DEFAULT_MAX_BODY = 1024 * 1024;
/** Reading at a stretch: what was read is written before there is more. */
const STEP_MS = 20;
/** Every exchange is written when it is over: nothing is kept in its place. */
const NOTHING_KEPT = { beganAt: 0 };

type Over = { readonly exchange: Exchange } | { readonly process: ProcessModel; readonly socket: SocketModel };

/**
 * @throws CaptureError when the folder is missing, is none, or cannot be listed; the signal's reason when it is aborted;
 *   what the sink throws
 */
export async function exportCapture(folder: string, options: ExportOptions, sink: Sink): Promise<ExportSummary> {
  const { signal, progress } = options;
  const reader = await CaptureReader.begin(folder);
  const spool = await Spool.create(options.workFolder).catch((error) => {
    reader.close();
    throw error;
  });
  const over: Over[] = [];
  const exchanges = new CaptureExchanges(reader, {
    keep: () => NOTHING_KEPT,
    letGo: true,
    settled: (exchange) => over.push({ exchange }),
    lettingGo: (process, socket) => over.push({ process, socket }),
  });
  const writer = WRITERS[options.format]({
    redactor: options.revealed ? reveal : redact,
    spool,
    version: options.version,
    maxBody: options.maxBody ?? DEFAULT_MAX_BODY,
    wants: options.wants ?? (() => true),
  });
  const write = async (one: Over) => {
    signal?.throwIfAborted();
    if ('exchange' in one) await writer.exchange(one.exchange);
    else await writer.socket(one.process, one.socket);
  };
  try {
    do {
      signal?.throwIfAborted();
      await reader.poll(STEP_MS);
      await exchanges.advance();
      for (const one of over.splice(0)) await write(one);
      const { done, size } = reader.progress;
      progress?.(size === 0 ? 1 : done / size);
      await new Promise((resolve) => setImmediate(resolve)); // a step that meets no disk gives way, too
    } while (reader.behind);
    await exchanges.catchUp(); // what was still going on is written as it is now
    for (const one of over.splice(0)) await write(one);
    for (const exchange of exchanges.open()) await write({ exchange });
    for (const process of reader.processes) for (const socket of process.sockets) await write({ process, socket });
    const out: Sink = {
      write: (bytes) => {
        signal?.throwIfAborted();
        return sink.write(bytes);
      },
    };
    const summary = await writer.finish(out, reader);
    return { ...summary, problems: reader.problems.map(({ message }) => message) };
  } finally {
    reader.close();
    await spool.dispose();
  }
}
