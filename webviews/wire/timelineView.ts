/** Bytes over time: how much was handed, accepted, acknowledged and received, with the moments that mattered. */
import type { Timeline, TimelineMark, TimelineSeries } from '../../src/messages/panel';
import { h } from '../common/dom';
import { t } from '../common/strings';
import { clamp, shortBytes, shortTime } from '../common/units';
import { visibleLine } from '../common/visibleText';
import { niceStep, placeWords, ticksWithin, tickTime } from './timelineScale';

const SVG = 'http://www.w3.org/2000/svg';
const LEFT = 64;
const RIGHT = 12;
const BOTTOM = 18;
/** Of a row of words above the plot. */
const ROW = 13;
const TALL = { height: 124, rows: 2 };
/** In a panel of little height. */
const SHORT = { height: 84, rows: 1 };
/** Under a tab in the lowest of panels. */
const LEAST = 64;
const SHORT_BELOW = 680;
/** Under a tab of its own it takes the room that there is, up to this. */
const TALLEST = 320;
/** Of a letter of the plot, about. */
const LETTER = 6.2;
/** Pixels between two times, and between two sizes. */
const TIME_APART = 90;
const SIZE_APART = 24;
const CURVES: Readonly<Record<TimelineSeries['name'], string>> = {
  handed: t('handed'),
  accepted: t('accepted'),
  acknowledged: t('acknowledged'),
  received: t('received'),
};
const SYMBOLS: Readonly<Record<TimelineMark['kind'], string>> = { reply: '▲', error: '✗', close: '■' };

export interface TimelineViewOptions {
  /** A moment was chosen: how much of the curve nearest to the pointer had been moved then. */
  readonly go: (series: TimelineSeries['name'], bytes: number) => void;
}

export class TimelineView {
  readonly element: HTMLElement;
  private readonly svg = document.createElementNS(SVG, 'svg');
  private readonly legend = h('div', { class: 'timeline-legend' });
  private readonly reading = h('div', { class: 'timeline-reading', 'aria-live': 'polite' });
  private readonly head = h('div', { class: 'timeline-top' }, this.legend, this.reading);
  private timeline: Timeline | null = null;
  private from = 0;
  private to = 1;
  private cursor: number | null = null;
  private zoomed = false;

  constructor(private readonly options: TimelineViewOptions) {
    this.svg.setAttribute('class', 'timeline-plot');
    this.svg.setAttribute('role', 'img');
    this.svg.setAttribute('tabindex', '0');
    this.element = h(
      'section',
      { class: 'timeline', 'aria-label': t('Bytes over time'), hidden: true },
      this.head,
      this.svg,
    );
    this.svg.addEventListener('wheel', (event) => this.wheel(event), { passive: false });
    this.svg.addEventListener('pointermove', (event) => this.point(this.timeAt(event)));
    // what is drawn anew between two clicks makes no double click of them, but they are counted
    this.svg.addEventListener('click', (event) => (event.detail > 1 ? this.reset() : this.choose(this.timeAt(event))));
    this.svg.addEventListener('keydown', (event) => this.key(event));
    new ResizeObserver(() => this.draw()).observe(this.element);
  }

  show(timeline: Timeline | null, keep: boolean): void {
    this.timeline = timeline;
    this.element.hidden = timeline === null;
    if (!keep) this.reset();
    else if (this.zoomed) this.draw();
    else this.fit();
  }

  private reset(): void {
    this.zoomed = false;
    this.cursor = null;
    this.reading.textContent = t('The wheel zooms, with Shift it moves; a click goes to the bytes');
    this.reading.classList.add('hint');
    this.fit();
  }

  /** All of it; as long as nobody has zoomed, also of one that grows. */
  private fit(): void {
    const { timeline } = this;
    if (!timeline) return;
    const to = busyUntil(timeline);
    const margin = Math.max((to - timeline.from) * 0.02, 0.01);
    this.from = timeline.from - margin;
    this.to = to + margin;
    this.draw();
  }

  private get width(): number {
    return Math.max(this.element.clientWidth - 16, 120);
  }

  private x(ms: number): number {
    return LEFT + ((ms - this.from) / (this.to - this.from)) * (this.width - LEFT - RIGHT);
  }

  private timeAt(event: MouseEvent): number {
    const x = event.clientX - this.svg.getBoundingClientRect().left;
    return clamp(this.from + ((x - LEFT) / (this.width - LEFT - RIGHT)) * (this.to - this.from), this.from, this.to);
  }

  private draw(): void {
    const { timeline, svg, width } = this;
    if (!timeline || width === 0) return;
    const { height, rows } = this.size;
    const top = 6 + rows * ROW;
    const bottom = height - BOTTOM;
    const right = width - RIGHT;
    svg.setAttribute('viewBox', `0 0 ${width} ${height}`);
    svg.setAttribute('height', String(height));
    svg.setAttribute('aria-label', this.words(timeline));
    const highest = scaleOf(timeline);
    const each = niceStep(highest, clamp(Math.floor((bottom - top) / SIZE_APART), 1, 5));
    const most = Math.max(highest, each);
    const y = (bytes: number) => bottom - (bytes / most) * (bottom - top);
    const parts: Element[] = [];
    for (const bytes of ticksWithin(0, most, each)) {
      const at = y(bytes);
      parts.push(
        shape('line', { class: 'axis', x1: LEFT, x2: right, y1: at, y2: at }),
        label(LEFT - 6, at + 4, 'end', shortBytes(Math.round(bytes))),
      );
    }
    const step = niceStep(this.to - this.from, Math.max(1, Math.floor((right - LEFT) / TIME_APART)));
    for (const ms of ticksWithin(Math.max(0, this.from), this.to, step)) {
      const at = this.x(ms);
      const half = (tickTime(ms, step).length * LETTER) / 2;
      parts.push(shape('line', { class: 'axis', x1: at, x2: at, y1: bottom, y2: bottom + 4 }));
      if (at - half > LEFT - 40 && at + half < width) parts.push(label(at, height - 4, 'middle', tickTime(ms, step)));
    }
    for (const { name, points } of timeline.series) {
      let path = '';
      let last = 0;
      for (const { at, bytes } of points) {
        path += path === '' ? `M${this.x(at)} ${y(bytes)}` : `L${this.x(at)} ${y(last)}L${this.x(at)} ${y(bytes)}`;
        last = bytes;
      }
      path += `L${this.x(Math.max(timeline.to, points.at(-1)?.at ?? 0))} ${y(last)}`;
      parts.push(shape('path', { class: `curve curve-${name}`, d: path }));
      if (name === 'acknowledged') {
        for (const { at, bytes } of points.slice(1).filter((point) => point.at >= this.from && point.at <= this.to)) {
          parts.push(shape('circle', { class: 'curve-dot', cx: this.x(at), cy: y(bytes), r: 3 }));
        }
      }
    }
    parts.push(...this.moments(timeline, { left: LEFT, right, rows, bottom }));
    if (this.cursor !== null) {
      const at = this.x(this.cursor);
      parts.push(shape('line', { class: 'cursor', x1: at, x2: at, y1: top, y2: bottom }));
    }
    const clip = shape('clipPath', { id: 'timeline-clip' });
    clip.append(shape('rect', { x: LEFT, y: top - 2, width: right - LEFT, height: bottom - top + 4 }));
    for (const part of parts)
      if (part.classList.contains('curve')) part.setAttribute('clip-path', 'url(#timeline-clip)');
    svg.replaceChildren(clip, ...parts);
    this.legend.replaceChildren(
      h('h2', { text: t('Bytes over time') }),
      ...timeline.series.map((series) =>
        h(
          'span',
          { class: 'legend-item' },
          h('span', { class: `legend-key curve-${series.name}` }),
          legendText(series, timeline.wire, most),
        ),
      ),
    );
  }

  /** Height of the plot, and rows for the words above it. */
  private get size(): { readonly height: number; readonly rows: number } {
    if (getComputedStyle(this.element).flexGrow !== '1') return window.innerHeight < SHORT_BELOW ? SHORT : TALL;
    const height = clamp(this.element.clientHeight - this.head.offsetHeight - 10, LEAST, TALLEST);
    return { height, rows: height < TALL.height ? SHORT.rows : TALL.rows };
  }

  /** The moments that mattered: a line for each, and words where they fit. */
  private moments(
    { marks }: Timeline,
    { bottom, ...space }: { left: number; right: number; rows: number; bottom: number },
  ): Element[] {
    const shown = marks
      .map((mark) => ({ ...mark, x: this.x(mark.at), symbol: SYMBOLS[mark.kind], text: visibleLine(mark.text) }))
      .filter(({ x }) => x >= space.left && x <= space.right)
      .sort((a, b) => a.x - b.x);
    const placed = placeWords(shown, { ...space, letter: LETTER });
    return shown.flatMap(({ kind, x, symbol, text }, index) => {
      const word = placed[index] as (typeof placed)[number];
      const y = (word.row + 1) * ROW;
      const written = label(word.x, y, word.anchor, word.text, `moment-${kind}`);
      const whole = document.createElementNS(SVG, 'title');
      whole.textContent = `${symbol} ${text}`;
      written.append(whole);
      return [shape('line', { class: `moment moment-${kind}`, x1: x, x2: x, y1: y - ROW + 4, y2: bottom }), written];
    });
  }

  private words({ series, marks }: Timeline): string {
    const counts = series.map(({ name, points }) => `${shortBytes(points.at(-1)?.bytes ?? 0)} ${CURVES[name]}`);
    const moments = marks.map(({ text, at }) => t('{0} at +{1}', visibleLine(text), shortTime(at)));
    return t(
      'Bytes over time: {0}. Arrow keys move, Enter goes to the bytes, plus and minus zoom.',
      [...counts, ...moments].join(', '),
    );
  }

  private point(ms: number): void {
    this.cursor = ms;
    const { timeline } = this;
    if (!timeline) return;
    const counts = timeline.series.map((series) => `${shortBytes(valueAt(series, ms))} ${CURVES[series.name]}`);
    this.reading.textContent = `+${shortTime(Math.max(0, ms))}: ${counts.join(', ')}`;
    this.reading.classList.remove('hint');
    this.draw();
  }

  private choose(ms: number): void {
    const { timeline } = this;
    if (!timeline) return;
    this.point(ms);
    const received = timeline.series.find(({ name }) => name === 'received');
    const began = received?.points[0]?.at ?? Number.POSITIVE_INFINITY;
    const chosen = ms >= began && received ? received : timeline.series.find(({ name }) => name === 'handed');
    if (chosen) this.options.go(chosen.name, valueAt(chosen, ms));
  }

  private wheel(event: WheelEvent): void {
    event.preventDefault();
    const { deltaX, deltaY, shiftKey } = event;
    const along = Math.abs(deltaX) > Math.abs(deltaY) ? deltaX : shiftKey ? deltaY : 0;
    if (along !== 0) this.pan(Math.sign(along) * 0.1);
    else this.zoom(this.timeAt(event), deltaY > 0 ? 1.25 : 0.8);
  }

  /** Moves by a share of what is in sight. */
  private pan(share: number): void {
    const { timeline } = this;
    if (!timeline) return;
    const span = this.to - this.from;
    const margin = ((timeline.to - timeline.from) * 0.04 + 0.02) / 2;
    this.from = clamp(
      this.from + span * share,
      timeline.from - margin,
      Math.max(timeline.from - margin, timeline.to + margin - span),
    );
    this.to = this.from + span;
    this.draw();
  }

  private zoom(at: number, factor: number): void {
    const { timeline } = this;
    if (!timeline) return;
    this.zoomed = true;
    const full = (timeline.to - timeline.from) * 1.04 + 0.02;
    const span = clamp((this.to - this.from) * factor, 0.001, full);
    const share = (at - this.from) / (this.to - this.from);
    const margin = (full - (timeline.to - timeline.from)) / 2;
    this.from = clamp(at - span * share, timeline.from - margin, timeline.to + margin - span);
    this.to = this.from + span;
    this.draw();
  }

  private key(event: KeyboardEvent): void {
    const middle = (this.from + this.to) / 2;
    const at = this.cursor ?? middle;
    const step = (this.to - this.from) / 50;
    if (event.key === 'ArrowLeft' || event.key === 'ArrowRight') {
      const to = event.key === 'ArrowLeft' ? at - step : at + step;
      // what lies beyond the edge comes into sight
      if (to < this.from) this.pan(-0.1);
      else if (to > this.to) this.pan(0.1);
      this.point(clamp(to, this.from, this.to));
    } else if (event.key === 'Enter') this.choose(at);
    else if (event.key === '+' || event.key === '=') this.zoom(at, 0.5);
    else if (event.key === '-') this.zoom(at, 2);
    else if (event.key === 'Escape' || event.key === '0') this.reset();
    else return;
    event.preventDefault();
  }
}

/** A connection may stay open long after all has happened: that wait is there to zoom out to. */
function busyUntil({ from, to, series, marks }: Timeline): number {
  const moved = series
    .filter(({ name }) => name !== 'acknowledged')
    .flatMap(({ points }) => points.map(({ at }) => at));
  const told = marks.filter(({ kind }) => kind !== 'close').map(({ at }) => at);
  const busy = Math.max(from, ...moved, ...told);
  return busy > from && to - from > 1.5 * (busy - from) ? from + 1.1 * (busy - from) : to;
}

/** What is handed over at once may dwarf what then went out: the scale is that of what moved. */
function scaleOf({ series }: Timeline): number {
  const height = (one: TimelineSeries) => one.points.at(-1)?.bytes ?? 0;
  const moved = Math.max(1, ...series.filter(({ name }) => name !== 'handed').map(height));
  const handed = Math.max(1, ...series.map(height));
  return handed > 4 * moved && moved > 1 ? moved * 1.25 : handed;
}

function legendText({ name, points }: TimelineSeries, wire: boolean, scale: number): string {
  const height = points.at(-1)?.bytes ?? 0;
  const notes = [
    name === 'acknowledged' ? `${wire ? t('TLS records, ') : ''}${t('measured at the dots')}` : null,
    height > scale ? t('to {0}, beyond this scale', shortBytes(height)) : null,
  ].filter((note) => note !== null);
  return notes.length > 0 ? `${CURVES[name]} (${notes.join('; ')})` : CURVES[name];
}

function valueAt({ points }: TimelineSeries, ms: number): number {
  let value = 0;
  for (const point of points) {
    if (point.at > ms) break;
    value = point.bytes;
  }
  return value;
}

function shape(name: string, attributes: Readonly<Record<string, string | number>>): SVGElement {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  return element;
}

function label(x: number, y: number, anchor: string, text: string, kind = ''): SVGElement {
  const element = shape('text', { x, y, 'text-anchor': anchor, class: `plot-text ${kind}` });
  element.textContent = text;
  return element;
}
