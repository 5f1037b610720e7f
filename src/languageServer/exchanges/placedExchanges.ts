/** The last exchange of each line that led to one, for all files, as the client tells them. */
import type { ExchangePlace, ExchangesNotification, PlacedExchange } from '../../messages/language';
import type { SourceLines } from './sourceLines';

export interface Place extends Omit<ExchangePlace, 'exchange' | 'file'> {
  /** The line as it stood in the file that ran; null when that cannot be told any more. */
  readonly text: string | null;
  readonly exchange: PlacedExchange;
}

/** Lines of all files together; those told longest ago are given up. */
const MAX_PLACES = 5000;
const MAX_DISMISSED = 1000;

export class PlacedExchanges {
  /** By file, then by line and its text. */
  private readonly files = new Map<string, Map<string, Place>>();
  private readonly dismissed = new Set<string>();
  private count = 0;

  constructor(
    private readonly lines: SourceLines,
    private readonly limit = MAX_PLACES,
  ) {}

  /** Takes a message in; gives what is new, by file. */
  update({ reset, exchanges, places }: ExchangesNotification): ReadonlyMap<string, readonly Place[]> {
    if (reset) this.clear();
    const changed = new Map<string, Place[]>();
    for (const { file, exchange: index, ...place } of places) {
      const exchange = exchanges[index];
      if (!exchange || this.dismissed.has(keyOf(exchange))) continue;
      const path = this.lines.pathOf(file);
      const text = this.lines.lineThatRan(path, place.line, exchange);
      const found = { ...place, text, exchange };
      if (!this.put(path, found)) continue;
      const known = changed.get(path);
      if (known) known.push(found);
      else changed.set(path, [found]);
    }
    this.shrink();
    return changed;
  }

  /** The places of a file, in no particular order. @param file as `SourceLines.pathOf` gives it */
  of(file: string): readonly Place[] {
    return [...(this.files.get(file)?.values() ?? [])];
  }

  /** Forgets one exchange, wherever it stands, and what will still be told of it. */
  dismiss(capture: string, id: string): void {
    if (this.dismissed.size >= MAX_DISMISSED) this.dismissed.clear();
    this.dismissed.add(keyOf({ capture, id }));
    for (const places of this.files.values()) {
      for (const [at, { exchange }] of places) {
        if (!isSame(exchange, { capture, id })) continue;
        places.delete(at);
        this.count -= 1;
      }
    }
  }

  private clear(): void {
    this.files.clear();
    this.dismissed.clear();
    this.count = 0;
    this.lines.forget();
  }

  /** False when a later exchange stands there already. */
  private put(file: string, place: Place): boolean {
    let places = this.files.get(file);
    if (!places) {
      places = new Map();
      this.files.set(file, places);
    }
    const at = `${place.line} ${place.text ?? ''}`;
    const known = places.get(at);
    if (known && isLater(known.exchange, place.exchange)) return false;
    if (known) places.delete(at);
    else this.count += 1;
    places.set(at, place); // last in order, as what was told last
    return true;
  }

  private shrink(): void {
    for (const [file, places] of this.files) {
      for (const at of places.keys()) {
        if (this.count <= this.limit) return;
        places.delete(at);
        this.count -= 1;
      }
      this.files.delete(file);
    }
  }
}

/** Whether `a` began after `b`. One that is told again is not later than itself. */
export function isLater(a: PlacedExchange, b: PlacedExchange): boolean {
  return !isSame(a, b) && a.began > b.began;
}

type Key = Pick<PlacedExchange, 'capture' | 'id'>;

export function isSame(a: Key, b: Key): boolean {
  return a.id === b.id && a.capture === b.capture;
}

function keyOf({ capture, id }: Key): string {
  return `${capture}\n${id}`;
}
