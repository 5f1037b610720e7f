/** Writes exchanges as a HAR 1.2 file, in the order in which they began. */
import type { Exchange } from '../../decode/exchange';
import { diagnose } from '../../diagnosis/diagnose';
import { isPlain } from '../../diagnosis/plain';
import type { CaptureReader } from '../../wire/reader';
import { safeJson } from '../escape';
import type { CaptureWriter, WriterOptions } from '../exportCapture';
import type { Sink } from '../exportFile';
import { PackageIndex } from '../packages';
import { redactFinding } from '../reportEntry';
import { harEntry, isHttp } from './harEntry';

const SEPARATOR = ',\n';

export class HarWriter implements CaptureWriter {
  private readonly packages = new PackageIndex();
  private noHttp = 0;

  constructor(private readonly options: WriterOptions) {}

  async exchange(exchange: Exchange): Promise<void> {
    const { redactor, maxBody, spool, wants } = this.options;
    if (!wants(exchange)) return;
    if (!isHttp(exchange)) {
      this.noHttp += 1;
      return;
    }
    const [found] = isPlain(exchange) ? [] : diagnose(exchange, this.packages.originsFor(exchange.process));
    const finding = found ? redactFinding(found, redactor) : null;
    const entry = await harEntry(exchange, finding, { redactor, maxBody });
    const { wallBase, monotonicBase } = exchange.process;
    const wall = Number(wallBase / 1000n) + (exchange.beganAt - monotonicBase) / 1000;
    await spool.add(wall, Buffer.from(SEPARATOR + safeJson(entry)));
  }

  async socket(): Promise<void> {
    // a socket without an exchange is nothing to HAR
  }

  async finish(sink: Sink, { manifest }: CaptureReader) {
    const { spool, version, redactor } = this.options;
    const write = (text: string) => sink.write(Buffer.from(text));
    const creator = { name: 'Framewire', version };
    await write(`{"log":{"version":"1.2","creator":${safeJson(creator)},"pages":[],"entries":[\n`);
    let skip = SEPARATOR.length; // before the first there is nothing to separate
    for await (const bytes of spool.inOrder()) {
      await sink.write(bytes.subarray(skip));
      skip = 0;
    }
    const command = redactor.argv(manifest?.command ?? []).join(' ');
    const comment = [
      ...(command === '' ? [] : [`Recorded from: ${command}`]),
      ...(this.noHttp === 0 ? [] : [`Left out, as they carry no HTTP: ${this.noHttp}.`]),
    ].join('\n');
    await write(`\n]${comment === '' ? '' : `,"comment":${safeJson(comment)}`}}}\n`);
    return { exchanges: spool.size, leftOut: { noHttp: this.noHttp, noAddress: 0 } };
  }
}
