import type { FileRead } from './byteStore';
import type { IoRecord } from './format';
import { FIRST_RECEIVING_OPERATION } from './format';
import type {
  Close,
  Connect,
  Counters,
  Direction,
  ErrorChain,
  Layer,
  RequestOrigin,
  Shutdown,
  Socket,
  SocketOptions,
  TlsHandshake,
} from './model';
import { OffsetList } from './offsetList';
import { StreamModel } from './streamModel';

/** Samples beyond this number are thinned out; the other moments are few. */
const MAX_SAMPLES = 512;

/** A socket as its records tell it; grows while the capture does. */
export class SocketModel implements Socket {
  readonly connects: Connect[] = [];
  readonly streams: StreamModel[] = [];
  readonly lastWords: Socket['lastWords'][number][] = [];
  readonly options: SocketOptions[] = [];
  readonly requests: RequestOrigin[] = [];
  readonly shutdowns: Shutdown[] = [];
  counters: Counters[] = [];
  tls: TlsHandshake | null = null;
  close: Close | null = null;
  /** Where the records that concern this socket are in the process file. */
  readonly records = new OffsetList();
  /** Counts up with every record that concerns this socket. */
  version = 0;
  private samples = 0;

  constructor(
    readonly id: number,
    readonly at: number,
    readonly family: string,
    readonly type: string,
    readonly fd: number | null,
    readonly how: string,
    readonly accepted: boolean,
    private readonly readFile: FileRead,
  ) {}

  addIo(record: IoRecord, at: number, error: ErrorChain | null): void {
    const direction: Direction = record.op < FIRST_RECEIVING_OPERATION ? 'up' : 'down';
    this.streamOf(direction, record.layer === 1 ? 'tls' : 'wire').add(record, at, error);
  }

  addCounters(counters: Counters): void {
    this.counters.push(counters);
    if (counters.moment !== 'sampled') return;
    this.samples += 1;
    if (this.samples <= MAX_SAMPLES) return;
    let nth = 0;
    this.counters = this.counters.filter((one) => one.moment !== 'sampled' || nth++ % 2 === 0);
    this.samples = Math.ceil(nth / 2);
  }

  stream(direction: Direction, layer: Layer): StreamModel | null {
    return this.streams.find((one) => one.direction === direction && one.layer === layer) ?? null;
  }

  private streamOf(direction: Direction, layer: Layer): StreamModel {
    let stream = this.stream(direction, layer);
    if (!stream) {
      stream = new StreamModel(direction, layer, this.readFile);
      this.streams.push(stream);
    }
    return stream;
  }
}
