/** `framewire export`: a recording as a file for other tools. */
import { tmpdir } from 'node:os';
import { basename, dirname, resolve } from 'node:path';
import { bytes, grouped } from '../diagnosis/wording';
import { EXPORT_FORMATS, type ExportFormat, type ExportSummary, exportCapture } from '../export/exportCapture';
import { Buffered, ExportError, type Sink, writeExport } from '../export/exportFile';
import { EXIT } from '../launch/errors';
import { productVersion } from '../launch/installation';
import { CaptureError } from '../wire/problems';
import { latestCapture } from './captures';
import { CliError, usageError } from './errors';
import { type OptionValues, parseOptions, parseSize } from './options';
import { type Streams, tell } from './output';
import { withSpinner } from './spinner';
import { appearance } from './terminal';

/** A body is held in memory while it is written. */
const MOST_BODY = 64 * 1024 * 1024;
const INTERRUPTED = 130;
/** Problems of the capture that are told one by one. */
const MOST_PROBLEMS = 5;

/** @returns the exit code */
export async function exportCommand(args: readonly string[], streams: Streams, cwd: string): Promise<number> {
  const { values, rest } = parseOptions('export', args, true);
  if (rest.length > 1) throw usageError('One capture at a time.');
  const format = formatOf(values);
  const maxBody = maxBodyOf(values);
  const folder = rest[0] === undefined ? await latestCapture(cwd, 'export') : resolve(cwd, rest[0]);
  const target = targetOf(values.get('output'), format, folder, streams);
  const path = target === '-' ? null : resolve(cwd, target);
  if (path === null && format === 'pcapng' && streams.stdout.isTTY) {
    throw usageError('A pcapng file is no text for a terminal: name a file with -o FILE.');
  }
  const interruption = new AbortController();
  const interrupt = () => interruption.abort(new Interrupted());
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, interrupt);
  let size = 0;
  const make = (sink: Sink) => {
    const counted: Sink = {
      write: (piece) => {
        size += piece.length;
        return sink.write(piece);
      },
    };
    const options = {
      format,
      version: productVersion(),
      workFolder: path === null ? tmpdir() : dirname(path),
      revealed: values.has('reveal'),
      maxBody,
      signal: interruption.signal,
    };
    return exportCapture(folder, options, counted);
  };
  try {
    const work = path === null ? toStream(streams.stdout, make) : writeExport(path, values.has('force'), make);
    const { unicode } = appearance(streams.stderr, values, streams.env);
    const summary = await withSpinner(streams.stderr, unicode, 'writing the export', work);
    for (const problem of summary.problems.slice(0, MOST_PROBLEMS)) await tell(streams, problem);
    await tell(streams, closingLine(summary, path, size, values.has('reveal')));
    return 0;
  } catch (error) {
    if (error instanceof Interrupted) return INTERRUPTED;
    if (error instanceof ReaderGone) return 0;
    throw inWords(error);
  }
}

class Interrupted extends Error {}
/** Whoever reads the pipe has seen enough. */
class ReaderGone extends Error {}

function formatOf(values: OptionValues): ExportFormat {
  const given = values.get('format');
  const found = EXPORT_FORMATS.find((format) => format === given);
  if (found) return found;
  const known = EXPORT_FORMATS.join(', ');
  throw usageError(given === undefined ? `Say what to write: --format FORMAT (${known}).` : `--format takes ${known}.`);
}

function maxBodyOf(values: OptionValues): number | undefined {
  const given = values.get('max-body');
  if (typeof given !== 'string') return undefined;
  const size = parseSize('max-body', given);
  if (size > MOST_BODY) throw usageError('--max-body takes 64M at most.');
  return size;
}

function targetOf(given: string | true | undefined, format: ExportFormat, folder: string, { stdout }: Streams): string {
  if (typeof given === 'string' && given !== '') return given;
  return stdout.isTTY ? `${basename(folder)}.${format}` : '-';
}

async function toStream<T>(stream: NodeJS.WriteStream, make: (sink: Sink) => Promise<T>): Promise<T> {
  // the stream tells an error twice, and the second time it wants a listener
  stream.on('error', () => undefined);
  const sink = new Buffered(
    (piece) =>
      new Promise((done, fail) => {
        stream.write(piece, (error?: (Error & { code?: string }) | null) => {
          if (!error) done();
          else fail(error.code === 'EPIPE' ? new ReaderGone() : error);
        });
      }),
  );
  const result = await make(sink);
  await sink.flush();
  return result;
}

function closingLine({ exchanges, leftOut }: ExportSummary, path: string | null, size: number, revealed: boolean) {
  const sentences = [
    `${exchanges === 1 ? '1 exchange' : `${grouped(exchanges)} exchanges`} in ${path ?? 'the output'} (${bytes(size)}).`,
    ...(leftOut.noHttp === 0 ? [] : [`Left out, as they carry no HTTP: ${grouped(leftOut.noHttp)}.`]),
    ...(leftOut.noAddress === 0 ? [] : [`Left out, as their addresses are not known: ${grouped(leftOut.noAddress)}.`]),
    revealed ? 'Secrets are in it: --reveal.' : 'Secrets are masked; --reveal leaves them in.',
  ];
  return sentences.join(' ');
}

function inWords(error: unknown): unknown {
  if (error instanceof CaptureError) return new CliError(error.message, EXIT.noInput);
  if (error instanceof ExportError) {
    if (error.code === 'exists') return new CliError(`${error.message} --force replaces it.`, EXIT.cannotCreate);
    return new CliError(error.message, EXIT.ioError);
  }
  if ((error as NodeJS.ErrnoException).syscall !== undefined) {
    return new CliError(`The export cannot be written: ${(error as Error).message}.`, EXIT.ioError);
  }
  return error;
}
