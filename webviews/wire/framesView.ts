/** The column of frames: who called whom, and what each call did on the wire. */
import type { SourcePlace, TreeNode } from '../../src/messages/panel';
import { h, setAttribute } from '../common/dom';
import { icon } from '../common/icons';
import { contextMenu, type MenuItems } from '../common/menu';
import { placeText } from '../common/placeText';
import { t } from '../common/strings';
import { exactBytes, grouped, shortBytes, shortFile, shortTime } from '../common/units';
import { visibleLine } from '../common/visibleText';
import { FrameTree, type TreeLine } from './frameTree';

export interface FramesViewOptions {
  /** @param byMouse it was clicked; keys only pass by */
  readonly select: (node: number, byMouse: boolean) => void;
  /** The bytes of what is selected are wanted. */
  readonly toBytes: () => void;
  readonly open: (place: SourcePlace) => void;
  readonly copy: (text: string) => void;
}

export class FramesView {
  readonly element: HTMLElement;
  tree = new FrameTree([]);
  private lines: TreeLine[] = [];
  private items: HTMLElement[] = [];
  private active = -1;
  private linked = new Set<number>();

  constructor(private readonly options: FramesViewOptions) {
    this.element = h('div', {
      class: 'frames scroll',
      role: 'tree',
      tabindex: '0',
      'aria-label': t('Python frames and the calls they made'),
      on: { keydown: (event) => this.key(event) },
    });
    contextMenu(
      this.element,
      t('Frame'),
      (target) => this.actions(this.items.indexOf(target.closest<HTMLElement>('.line') as HTMLElement)),
      () => this.items[this.active] ?? null,
    );
  }

  /** @param keep the same exchange, grown: selection and open folds stay */
  show(nodes: readonly TreeNode[], keep: boolean): void {
    const tree = new FrameTree(nodes);
    if (keep) tree.takeOpenFrom(this.tree);
    else {
      this.active = -1;
      this.linked = new Set();
    }
    this.tree = tree;
    this.draw();
  }

  /** Shows which frames and call a byte belongs to; null for none. */
  link(node: number | null, reveal: boolean): void {
    this.linked = new Set(node === null ? [] : this.tree.pathOf(node).map(({ id }) => id));
    this.active = node === null ? -1 : this.tree.lineOf(node, this.lines);
    this.mark();
    if (reveal) this.items[this.active]?.scrollIntoView({ block: 'nearest' });
  }

  /** Goes to a node as if it had been clicked. */
  go(node: number): void {
    const line = this.tree.lineOf(node, this.lines);
    if (line >= 0) this.activate(line);
  }

  private draw(): void {
    this.lines = this.tree.lines;
    this.items = this.lines.map((line, index) => this.item(line, index));
    this.element.replaceChildren(
      ...(this.items.length > 0
        ? this.items
        : [h('p', { class: 'nothing', role: 'treeitem', text: t('No frames were recorded.') })]),
    );
    this.mark();
  }

  private item(line: TreeLine, index: number): HTMLElement {
    const item = h('div', {
      id: `frame-line-${index}`,
      class: `line line-${line.kind}`,
      role: 'treeitem',
      'aria-level': String(line.depth + 1),
      'aria-expanded': line.kind === 'fold' ? String(line.open) : null,
    });
    item.style.setProperty('--depth', String(Math.min(line.depth, 12)));
    item.addEventListener('click', () => {
      if (line.kind === 'fold') this.toggle(index);
      else this.activate(index, true);
    });
    if (line.kind === 'frame') this.fillFrame(item, line);
    else if (line.kind === 'fold') fillFold(item, line);
    else fillCall(item, line);
    return item;
  }

  private fillFrame(item: HTMLElement, { node }: Extract<TreeLine, { kind: 'frame' }>): void {
    const { place, own, initiator, library } = node;
    item.classList.toggle('own', own);
    item.classList.toggle('initiator', initiator);
    item.title = visibleLine(
      `${t('{0} in {1}', `${place.file}:${place.line}`, place.function)}${initiator ? t(' (your request starts here)') : ''}`,
    );
    item.addEventListener('dblclick', () => this.options.open(place));
    const name = own ? shortFile(place.file) : library;
    item.append(
      placeText(name, place.line),
      h('span', { class: 'function', text: visibleLine(place.function) }),
      initiator
        ? h('span', { class: 'chip chip-initiator' }, '◂', h('span', { class: 'words', text: ` ${t('starts here')}` }))
        : '',
    );
  }

  private toggle(index: number): void {
    const line = this.lines[index];
    if (line?.kind !== 'fold') return;
    this.tree.toggle(line.key);
    this.draw();
    this.active = index;
    this.mark();
  }

  private activate(index: number, byMouse = false): void {
    const line = this.lines[index];
    if (!line) return;
    this.active = index;
    if (line.kind === 'fold') {
      this.linked = new Set();
      this.mark();
      this.options.select(line.key, byMouse);
    } else {
      this.linked = new Set(this.tree.pathOf(line.node.id).map(({ id }) => id));
      this.mark();
      this.options.select(line.node.id, byMouse);
    }
    this.items[index]?.scrollIntoView({ block: 'nearest' });
  }

  private actions(index: number): MenuItems | null {
    const line = this.lines[index];
    if (!line) return null;
    this.activate(index);
    const place = line.kind === 'fold' ? null : this.placeOf(line.node);
    return {
      ...(place && { [t('Open source')]: { run: () => this.options.open(place), keys: 'Enter' } }),
      [t('Show the bytes')]: { run: () => this.options.toBytes(), keys: t('Space') },
      [t('Copy the stack')]: () => this.options.copy(this.stackText(line)),
    };
  }

  private placeOf(node: TreeNode): SourcePlace | null {
    return node.kind === 'frame' ? node.place : (this.tree.ownFrameOf(node.id)?.place ?? null);
  }

  /** As Python prints one: the outermost call first. */
  private stackText(line: TreeLine): string {
    const id = line.kind === 'fold' ? (line.frames.at(-1)?.id ?? line.key) : line.node.id;
    return this.tree
      .pathOf(id)
      .reverse()
      .flatMap((node) => (node.kind === 'frame' ? [node.place] : []))
      .map(({ file, line: at, function: name }) => `  File "${file}", line ${at}, in ${name}\n`)
      .join('');
  }

  private mark(): void {
    for (const [index, item] of this.items.entries()) {
      const line = this.lines[index] as TreeLine;
      const linked =
        line.kind === 'fold'
          ? !line.open && line.frames.some(({ id }) => this.linked.has(id))
          : this.linked.has(line.node.id);
      item.classList.toggle('linked', linked);
      item.classList.toggle('active', index === this.active);
      setAttribute(item, 'aria-selected', String(index === this.active));
    }
    setAttribute(this.element, 'aria-activedescendant', this.items[this.active]?.id ?? null);
  }

  private key(event: KeyboardEvent): void {
    const line = this.lines[this.active];
    const last = this.lines.length - 1;
    const go = (index: number) => this.activate(Math.min(Math.max(index, 0), last));
    switch (event.key) {
      case 'ArrowDown':
        go(this.active + 1);
        break;
      case 'ArrowUp':
        go(this.active < 0 ? 0 : this.active - 1);
        break;
      case 'Home':
        go(0);
        break;
      case 'End':
        go(last);
        break;
      case 'ArrowRight':
        if (line?.kind === 'fold' && !line.open) this.toggle(this.active);
        else go(this.active + 1);
        break;
      case 'ArrowLeft':
        if (line?.kind === 'fold' && line.open) this.toggle(this.active);
        else go(this.parentOf(this.active));
        break;
      case ' ':
        this.options.toBytes();
        break;
      case 'Enter':
        if (line?.kind === 'fold') this.toggle(this.active);
        else if (line?.kind === 'frame') this.options.open(line.node.place);
        else if (line) {
          const own = this.tree.ownFrameOf(line.node.id);
          if (own) this.options.open(own.place);
        }
        break;
      default:
        return;
    }
    event.preventDefault();
  }

  private parentOf(index: number): number {
    const depth = this.lines[index]?.depth ?? 0;
    for (let at = index - 1; at >= 0; at -= 1) if ((this.lines[at] as TreeLine).depth < depth) return at;
    return index;
  }
}

function fillFold(item: HTMLElement, { frames, open }: Extract<TreeLine, { kind: 'fold' }>): void {
  const libraries = [...new Set(frames.map(({ library }) => library))];
  const shown = libraries.slice(0, 3).join(', ') + (libraries.length > 3 ? ', …' : '');
  const count = frames.length === 1 ? t('1 library frame') : t('{0} library frames', frames.length);
  item.title = visibleLine(libraries.join(', '));
  item.append(
    icon(open ? 'expanded' : 'collapsed'),
    h('span', { class: 'fold-count', text: count }),
    h('span', { class: 'secondary', text: visibleLine(shown) }),
  );
}

function fillCall(item: HTMLElement, { node }: Extract<TreeLine, { kind: 'call' }>): void {
  item.classList.toggle('failed', node.error !== null);
  item.classList.toggle('last-words', node.lastWords);
  const calls = node.calls > 1 ? ` ×${grouped(node.calls)}` : '';
  const way = node.direction;
  const words = [
    node.bytes === null ? null : shortBytes(node.bytes),
    node.detail,
    node.lastWords ? t('left unread, recovered') : null,
    node.pending ? t('has not returned') : null,
  ].filter((word): word is string => word !== null);
  item.title = visibleLine(
    `${node.operation}${calls}: ${[node.bytes === null ? null : exactBytes(node.bytes), ...words.slice(node.bytes === null ? 0 : 1), node.error].filter(Boolean).join(', ')}, ${t('at +{0}', shortTime(node.began))}, ${shortTime(node.duration)}`,
  );
  item.append(
    way
      ? icon(way, way === 'up' ? t('sent') : t('received'))
      : h('span', { class: 'icon dot', text: '·', 'aria-hidden': 'true' }),
    h('span', { class: 'operation', text: visibleLine(`${node.operation}${calls}`) }),
    node.error ? h('span', { class: 'error-text' }, icon('error'), visibleLine(node.error)) : '',
    ...words.map((word, index) =>
      h('span', {
        class: index === 0 && node.bytes !== null ? 'secondary call-bytes' : 'secondary',
        text: visibleLine(word),
      }),
    ),
  );
}
