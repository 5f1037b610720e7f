/** Writes connections as pcapng: packets rebuilt from what the program sent and received, commented with its lines. */
import type { Exchange } from '../../decode/exchange';
import { diagnose } from '../../diagnosis/diagnose';
import { isPlain } from '../../diagnosis/plain';
import type { ProcessInfo } from '../../wire/model';
import type { ProcessModel } from '../../wire/processModel';
import type { CaptureReader } from '../../wire/reader';
import type { SocketModel } from '../../wire/socketModel';
import { streamOf } from '../exchangeStreams';
import type { CaptureWriter, WriterOptions } from '../exportCapture';
import type { Sink } from '../exportFile';
import { secretsIn } from '../masking';
import { PackageIndex } from '../packages';
import { reveal } from '../redact';
import { redactFinding } from '../reportEntry';
import { enhancedPacket, interfaceDescription, nameResolution, sectionHeader } from './blocks';
import { connectionPackets, endpointsOf, type Remark, type Secret } from './connectionPackets';
import { addressBytes } from './segment';
import { tcpStory } from './tcpStory';

const REBUILT =
  'Rebuilt by Framewire from what a Python program handed to its sockets and received from them. No packet of this file was captured on a network: ' +
  'sizes of packets, acknowledgments and times between are not those of the network.';
const MAX_NAMES = 10_000;

interface Notes {
  readonly secrets: Secret[];
  readonly remarks: Remark[];
  readonly first: string[];
}

export class PcapngWriter implements CaptureWriter {
  private readonly packages = new PackageIndex();
  private readonly notes = new Map<string, Notes>();
  private readonly interfaces = new Map<string, { readonly id: number; readonly process: ProcessInfo }>();
  private readonly names = new Map<string, string>();
  private readonly tlsPorts = new Set<number>();
  private exchanges = 0;
  private noAddress = 0;
  private zero: bigint | null = null;

  constructor(private readonly options: WriterOptions) {}

  async exchange(exchange: Exchange): Promise<void> {
    const { socket, process, request, response } = exchange;
    const { redactor, wants } = this.options;
    if (!socket || !wants(exchange)) return;
    const key = `${process.file}/${socket.id}`;
    const notes = this.notes.get(key) ?? { secrets: [], remarks: [], first: [] };
    this.notes.set(key, notes);
    this.exchanges += 1;
    for (const direction of redactor === reveal ? [] : (['up', 'down'] as const)) {
      const layer = streamOf(exchange, direction)?.stream.layer;
      if (!layer) continue;
      for (const range of await secretsIn(exchange, direction)) notes.secrets.push({ direction, layer, range });
    }
    const [found] = isPlain(exchange) ? [] : diagnose(exchange, this.packages.originsFor(process));
    const finding = found && redactFinding(found, redactor);
    const layer = streamOf(exchange, 'up')?.stream.layer;
    if (finding && request && layer) {
      notes.remarks.push({
        direction: 'up',
        layer,
        offset: request.headRange.start,
        text: `Finding: ${finding.title}`,
      });
    } else if (finding) notes.first.push(`Finding: ${finding.title}`);
    const back = streamOf(exchange, 'down')?.stream.layer;
    if (response?.readByProgram === false && back) {
      const text = `Reply ${response.status} never read by the program.`;
      notes.remarks.push({ direction: 'down', layer: back, offset: response.headRange.start, text });
    }
  }

  async socket(process: ProcessModel, socket: SocketModel): Promise<void> {
    const { info } = process;
    const key = `${info.file}/${socket.id}`;
    const notes = this.notes.get(key);
    this.notes.delete(key);
    if (!notes) return;
    const ends = endpointsOf(socket);
    if (!ends) {
      this.noAddress += 1;
      return;
    }
    const connect = socket.connects.at(-1);
    if (connect?.host && connect.address && this.names.size < MAX_NAMES) this.names.set(connect.address, connect.host);
    if (socket.tls?.version) this.tlsPorts.add(ends.down.port);
    const known = this.interfaces.get(info.file) ?? { id: this.interfaces.size, process: info };
    this.interfaces.set(info.file, known);
    this.zero ??= info.wallBase;
    const story = tcpStory(socket, (id) => process.frames(id));
    for await (const { at, ...packet } of connectionPackets(socket, ends, story, notes)) {
      const wall = info.wallBase + BigInt(Math.round(at - info.monotonicBase));
      const bytes = enhancedPacket({ ...packet, interfaceId: known.id, at: wall });
      await this.options.spool.add(Number(wall - this.zero), bytes);
    }
  }

  async finish(sink: Sink, { manifest }: CaptureReader) {
    const { spool, version, redactor } = this.options;
    const command = redactor.argv(manifest?.command ?? []).join(' ');
    const ports = [...this.tlsPorts].sort((a, b) => a - b);
    const hints = ports.map((port) => `-d tcp.port==${port},http`).join(' ');
    await sink.write(
      sectionHeader(`Framewire ${version}`, [
        REBUILT,
        ...(command === '' ? [] : [`Recorded from: ${command}`]),
        ...(ports.length === 0
          ? []
          : [`Plaintext of TLS; where it is not shown as HTTP: tshark ${hints} (in Wireshark: Decode As… HTTP).`]),
      ]),
    );
    for (const { process } of this.interfaces.values())
      await sink.write(interfaceDescription(`python, pid ${process.pid}`));
    const names = [...this.names].flatMap(([text, name]) => {
      const address = addressBytes(text);
      return address ? [[address, name] as const] : [];
    });
    if (names.length > 0) await sink.write(nameResolution(names));
    for await (const bytes of spool.inOrder()) await sink.write(bytes);
    return { exchanges: this.exchanges, leftOut: { noHttp: 0, noAddress: this.noAddress } };
  }
}
