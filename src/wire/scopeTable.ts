import { IdRows } from '../base/idRows';
import { count, type Fields, text } from './fields';
import type { RawRecord } from './format';
import { keys, leadingNumbers } from './leadingNumbers';
import type { ErrorChain, Frame, Scope } from './model';
import type { Resolver } from './socketRecords';

const BEGIN = keys('id', 'parent', 'thread', 'stack');
const END = keys('id', 'duration', 'error');

/** A record of the process file, by where it begins; null when it cannot be read (any more). */
export type FieldsAt = (offset: number) => Fields | null;

/**
 * The library calls of one process. A program that makes a hundred thousand requests makes half a million of these: they
 * are kept as columns of numbers, and what they were called with is read from the file when somebody asks.
 */
export class ScopeTable {
  private readonly rows = new IdRows();
  /** at, duration (NaN while it runs), offset of the record */
  private times = new Float64Array(3 * 256);
  /** id, parent, thread, stack, error */
  private ids = new Uint32Array(5 * 256);
  private readonly numbers: number[] = [];

  constructor(
    private readonly resolver: Resolver,
    private readonly fieldsAt: FieldsAt,
  ) {}

  get size(): number {
    return this.rows.size;
  }

  /** False when the record does not follow the format. */
  begin(record: RawRecord, parse: (record: RawRecord) => Fields | null): boolean {
    const { numbers } = this;
    if (!leadingNumbers(record.bytes, BEGIN, numbers)) {
      const fields = parse(record);
      if (!fields) return false;
      for (const [index, name] of ['id', 'parent', 'thread', 'stack'].entries())
        numbers[index] = count(fields, name, 0);
    }
    const [id = 0, parent = 0, thread = 0, stack = 0] = numbers;
    if (id === 0) return false;
    const row = this.rows.add(id);
    if (3 * row >= this.times.length) this.grow();
    this.times[3 * row] = record.at;
    this.times[3 * row + 1] = Number.NaN;
    this.times[3 * row + 2] = record.offset;
    this.ids.set([id, parent, thread, stack, 0], 5 * row);
    return true;
  }

  /** The call that has come back; null when the record does not follow the format or it never began. */
  end(record: RawRecord, parse: (record: RawRecord) => Fields | null): number | null {
    const { numbers } = this;
    if (!leadingNumbers(record.bytes, END, numbers)) {
      const fields = parse(record);
      if (!fields) return null;
      for (const [index, name] of ['id', 'duration', 'error'].entries()) numbers[index] = count(fields, name, 0);
    }
    const [id = 0, duration = 0, error = 0] = numbers;
    const row = this.rows.get(id);
    if (row < 0) return null;
    this.times[3 * row + 1] = duration;
    this.ids[5 * row + 4] = error;
    return id;
  }

  get(id: number): Scope | undefined {
    const row = this.rows.get(id);
    return row < 0 ? undefined : new ScopeView(this, row);
  }

  time(row: number, field: 0 | 1 | 2): number {
    return this.times[3 * row + field] as number;
  }

  id(row: number, field: 0 | 1 | 2): number {
    return this.ids[5 * row + field] as number;
  }

  stack(row: number): readonly Frame[] {
    return this.resolver.stack(this.ids[5 * row + 3] as number);
  }

  error(row: number): ErrorChain | null {
    return this.resolver.error(this.ids[5 * row + 4] as number);
  }

  words(row: number): Fields {
    return this.fieldsAt(this.time(row, 2)) ?? {};
  }

  private grow(): void {
    const times = new Float64Array(2 * this.times.length);
    times.set(this.times);
    this.times = times;
    const ids = new Uint32Array(2 * this.ids.length);
    ids.set(this.ids);
    this.ids = ids;
  }
}

/** One call, seen through the table; it says what the table says now. */
class ScopeView implements Scope {
  private read: Fields | null = null;

  constructor(
    private readonly table: ScopeTable,
    private readonly row: number,
  ) {}

  get id(): number {
    return this.table.id(this.row, 0);
  }

  get parent(): number {
    return this.table.id(this.row, 1);
  }

  get thread(): number {
    return this.table.id(this.row, 2);
  }

  get at(): number {
    return this.table.time(this.row, 0);
  }

  get duration(): number | null {
    const duration = this.table.time(this.row, 1);
    return Number.isNaN(duration) ? null : duration;
  }

  get function(): string {
    return text(this.words, 'function') ?? '';
  }

  get method(): string | null {
    return text(this.words, 'method');
  }

  get url(): string | null {
    return text(this.words, 'url');
  }

  get error(): ErrorChain | null {
    return this.table.error(this.row);
  }

  get stack(): readonly Frame[] {
    return this.table.stack(this.row);
  }

  private get words(): Fields {
    this.read ??= this.table.words(this.row);
    return this.read;
  }
}
