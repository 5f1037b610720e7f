/** Answers the panel's calls about one capture. Free of any editor: it runs wherever there is a pipe. */
import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { ByteRange } from '../base/byteRange';
import { t } from '../base/l10n';
import { RangeSet } from '../base/rangeSet';
import type { Exchange } from '../decode/exchange';
import { streamOf } from '../export/exchangeStreams';
import { secretsIn } from '../export/masking';
import { type Redactor, redact, reveal } from '../export/redact';
import { unseenText } from '../export/unseenText';
import {
  type CaptureSummary,
  type CopyForm,
  type HostCalls,
  type ListOptions,
  type ListSummary,
  MAX_PAGE_BYTES,
  MAX_PAGE_ROWS,
  type PanelCalls,
  type PanelEvents,
  type Span,
  type StreamDirection,
  type StreamSpan,
} from '../messages/panel';
import { Channel, type Pipe } from '../messages/panelChannel';
import { copyBytes } from './copy';
import { curlOf } from './curl';
import { detailOf, operationAtOf, type Surroundings } from './detail';
import { groupRowOf } from './groupRow';
import { isHeading, type List, listOf } from './list';
import { PanelCapture } from './panelCapture';
import { rowOf } from './row';
import { searchIn } from './search';
import { timelineOf } from './timeline';

const MAX_COPY = 1024 * 1024;
const MASKED_BYTE = 0x2a;

export interface PanelHostOptions {
  readonly folder: string;
  readonly revealed?: boolean;
}

export class PanelHost {
  private readonly channel: Channel<PanelCalls & HostCalls, object, PanelEvents, object>;
  private readonly opened: Promise<PanelCapture>;
  private readonly secrets = new WeakMap<Exchange, Map<StreamDirection, Promise<readonly ByteRange[]>>>();
  private options: Omit<ListOptions, 'rows'> = {
    query: '',
    order: { column: 'time', descending: false },
    grouped: false,
  };
  private list: List = { items: [], matching: [], problem: null };
  private revision = 0;
  private revealed: boolean;

  constructor(
    pipe: Pipe,
    private readonly given: PanelHostOptions,
  ) {
    this.revealed = given.revealed ?? false;
    this.opened = PanelCapture.open(given.folder);
    this.opened.then(
      (capture) =>
        capture.follow({
          changed: () => this.tellChanged(capture),
          failed: () => this.tellChanged(capture),
        }),
      () => undefined, // every call tells of it
    );
    this.channel = new Channel<PanelCalls & HostCalls, object, PanelEvents, object>(pipe, {
      summary: async () => this.summary(await this.opened),
      list: async (options) => this.filter(await this.opened, options),
      rows: async (span) => this.rows(await this.opened, span),
      locate: ({ id }) => this.locate(id),
      exchange: async ({ exchange }) => this.detail(await this.opened, exchange),
      bytes: async (params) => this.bytes(await this.find(params.exchange), params),
      operationAt: async ({ exchange, direction, offset }) => {
        const found = await this.find(exchange);
        return operationAtOf(found, direction, offset, await this.around(found));
      },
      timeline: async ({ exchange }) => timelineOf(await this.find(exchange), (await this.opened).clock),
      search: async (options, signal) => {
        const own = streamOf(await this.find(options.exchange), options.direction);
        if (!own) return { matches: [], limited: false, notStored: 0 };
        const total = own.range.length;
        return searchIn(own.stream.bytes, own.range, options, signal, (done) =>
          this.channel.emit('searching', { pattern: options.pattern, done, total }),
        );
      },
      copy: async ({ form, ...params }) => this.copy(await this.find(params.exchange), params, form),
      reveal: async ({ revealed }) => {
        this.revealed = revealed;
        this.tellChanged(await this.opened);
        return null;
      },
      writeRange: async ({ path, ...params }) => this.writeRange(await this.find(params.exchange), params, path),
    });
  }

  dispose(): void {
    this.channel.dispose();
    this.opened.then(
      (capture) => capture.dispose(),
      () => undefined,
    );
  }

  private get redactor(): Redactor {
    return this.revealed ? reveal : redact;
  }

  private async find(id: string): Promise<Exchange> {
    const found = await (await this.opened).exchange(id);
    if (!found) throw new Error(t('This exchange is no longer in the capture.'));
    return found;
  }

  private async around(exchange: Exchange): Promise<Surroundings> {
    const capture = await this.opened;
    return { process: capture.processOf(exchange), clock: capture.clock, redactor: this.redactor };
  }

  private summary({ reader, entries, live, complete }: PanelCapture): CaptureSummary {
    const { manifest, notices, problems, processes } = reader;
    const unseen = unseenText(processes.flatMap((process) => process.unseen));
    return {
      folder: this.given.folder,
      command: this.redactor.argv(manifest?.command ?? processes[0]?.info.argv ?? []),
      created: manifest?.created ?? null,
      exitCode: manifest?.exitCode ?? null,
      signal: manifest?.signal ?? null,
      live,
      processes: processes.length,
      exchanges: entries.length,
      reading: complete ? null : reader.progress,
      // a file that is being written always ends in the middle of something
      problems: [
        ...problems
          .filter(({ code }) => !((live || !complete) && (code === 'truncated' || code === 'empty')))
          .map(({ message }) => message),
        ...notices.map(({ pid, message }) => t('Process {0} was not recorded: {1}', pid, message)),
        ...(unseen ? [unseen] : []),
      ],
      revealed: this.revealed,
    };
  }

  private tellChanged(capture: PanelCapture): void {
    this.channel.emit('changed', { summary: this.summary(capture) });
  }

  private filter(capture: PanelCapture, options: ListOptions): ListSummary {
    this.options = options;
    this.list = listOf(capture.entries, this.options);
    this.revision += 1;
    let from = Number.POSITIVE_INFINITY;
    let to = 0;
    for (const { process, beganAt, endedAt } of this.list.matching) {
      from = Math.min(from, capture.clock.at(process, beganAt));
      to = Math.max(to, capture.clock.at(process, endedAt ?? beganAt));
    }
    return {
      revision: this.revision,
      items: this.list.items.length,
      matching: this.list.matching.length,
      total: capture.entries.length,
      problem: this.list.problem,
      from: Number.isFinite(from) ? from : 0,
      to,
      rows: this.rows(capture, options.rows).items,
    };
  }

  private rows({ clock }: PanelCapture, { start, end }: Span): PanelCalls['rows']['result'] {
    const items = this.list.items
      .slice(start, Math.min(end, start + MAX_PAGE_ROWS))
      .map((item) => (isHeading(item) ? groupRowOf(item, this.redactor) : rowOf(item, clock, this.redactor)));
    return { revision: this.revision, items };
  }

  private locate(id: string): number | null {
    const index = this.list.items.findIndex((item) => item.id === id);
    return index < 0 ? null : index;
  }

  private async detail(capture: PanelCapture, id: string): Promise<PanelCalls['exchange']['result']> {
    const exchange = await capture.exchange(id);
    if (!exchange) return null;
    const detail = await detailOf(exchange, await this.around(exchange));
    const version = createHash('sha1').update(JSON.stringify(detail)).digest('base64');
    return { ...detail, version };
  }

  private secretsOf(exchange: Exchange, direction: StreamDirection): Promise<readonly ByteRange[]> {
    if (this.revealed) return Promise.resolve([]);
    const known = this.secrets.get(exchange) ?? new Map();
    this.secrets.set(exchange, known);
    let found = known.get(direction);
    if (!found) {
      found = secretsIn(exchange, direction);
      known.set(direction, found);
    }
    return found;
  }

  /** Stored bytes of the exchange with its secrets blanked. */
  private async read(exchange: Exchange, { direction, start, end }: StreamSpan, limit: number) {
    const own = streamOf(exchange, direction);
    if (!own) return { bytes: new Uint8Array(), masked: [] as Span[] };
    const wanted = own.range.intersect(new ByteRange(start, Math.min(end, start + limit)));
    const bytes = new Uint8Array(await own.stream.bytes.read(wanted));
    const here = ByteRange.ofLength(wanted.start, bytes.length);
    const masked = new RangeSet();
    for (const secret of await this.secretsOf(exchange, direction)) {
      const part = secret.intersect(here);
      if (part.isEmpty) continue;
      masked.add(part);
      bytes.fill(MASKED_BYTE, part.start - here.start, part.end - here.start);
    }
    return { bytes, masked: masked.ranges.map((one) => ({ start: one.start, end: one.end })) };
  }

  private async bytes(exchange: Exchange, span: StreamSpan): Promise<PanelCalls['bytes']['result']> {
    const { bytes, masked } = await this.read(exchange, span, MAX_PAGE_BYTES);
    return { data: Buffer.from(bytes).toString('base64'), masked };
  }

  private async copy(exchange: Exchange, span: StreamSpan, form: CopyForm): Promise<PanelCalls['copy']['result']> {
    if (form === 'curl') {
      const { command, whole, masked } = await curlOf(exchange, this.redactor);
      return {
        text: command,
        missing: whole ? null : t('without the body, which is not in the capture whole'),
        masked,
      };
    }
    const { bytes, masked } = await this.read(exchange, span, MAX_COPY);
    const wanted = span.end - span.start;
    if (bytes.length === 0) throw new Error(t('None of these bytes is in the capture.'));
    const missing = bytes.length < wanted ? t('only the first {0} of {1} B', bytes.length, wanted) : null;
    return { text: copyBytes(bytes, form), missing, masked: masked.length > 0 };
  }

  private async writeRange(exchange: Exchange, { direction, start, end }: StreamSpan, path: string): Promise<null> {
    const own = streamOf(exchange, direction);
    if (!own) throw new Error(t('There are no bytes in that direction.'));
    const file = await open(path, 'w');
    try {
      const wanted = own.range.intersect(new ByteRange(start, end));
      for (let at = wanted.start; at < wanted.end; ) {
        const bytes = await own.stream.bytes.read(new ByteRange(at, wanted.end));
        if (bytes.length === 0)
          throw new Error(t('The capture holds only the first {0} of these bytes.', at - wanted.start));
        await file.write(bytes);
        at += bytes.length;
      }
    } finally {
      await file.close();
    }
    return null;
  }
}
