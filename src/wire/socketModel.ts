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

/** Samples beyond this number are thinned out. */
const MAX_SAMPLES = 512;
/** Of what the kernel said when replies began, this many are kept, the latest, and ever fewer of those before them. */
const MIN_REPLIES = 1024;

/** A socket as its records tell it; grows while the capture does. */
export class SocketModel implements Socket {
  readonly connects: Connect[] = [];
  readonly streams: StreamModel[] = [];
  readonly lastWords: Words[] = [];
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
  private replies = 0;

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
    if (counters.moment === 'sampled' && ++this.samples > MAX_SAMPLES) this.samples = this.thin('sampled', 0);
    if (counters.moment === 'reply' && ++this.replies > 2 * MIN_REPLIES) this.replies = this.thin('reply', MIN_REPLIES);
  }

  /** Words that say the same as the last ones stand for them, too: a program may try again and again. */
  addLastWords(words: Words): void {
    const before = this.lastWords.at(-1);
    if (before && saysTheSame(before, words)) this.lastWords.pop();
    this.lastWords.push(words);
  }

  /**
   * Lets go of every other of a kind but for the latest ones.
   * @returns how many there still are
   */
  private thin(moment: Counters['moment'], latest: number): number {
    const end = this.counters.filter((one) => one.moment === moment).length - latest;
    let nth = 0;
    let kept = 0;
    this.counters = this.counters.filter((one) => {
      if (one.moment !== moment) return true;
      const stays = nth >= end || nth % 2 === 0;
      nth += 1;
      if (stays) kept += 1;
      return stays;
    });
    return kept;
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

type Words = Socket['lastWords'][number];
const saysTheSame = (a: Words, b: Words): boolean =>
  a.moment === b.moment &&
  a.outcome === b.outcome &&
  a.reason === b.reason &&
  a.bytes === b.bytes &&
  a.alert === b.alert;
