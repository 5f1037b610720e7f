/** The call tree as lines to show: the user's frames one by one, runs of library frames folded into one line each. */
import type { CallNode, FrameNode, Span, StreamDirection, TreeNode } from '../../src/messages/panel';

export type TreeLine =
  | { readonly kind: 'frame'; readonly node: FrameNode; readonly depth: number }
  | { readonly kind: 'call'; readonly node: CallNode; readonly depth: number }
  | {
      readonly kind: 'fold';
      /** The outermost frames of the fold, and all frames in it. */
      readonly key: number;
      readonly frames: readonly FrameNode[];
      readonly depth: number;
      readonly open: boolean;
    };

export interface StreamSpans {
  readonly up: readonly Span[];
  readonly down: readonly Span[];
}

export class FrameTree {
  private readonly children = new Map<number, number[]>();
  private readonly opened = new Set<number>();

  constructor(readonly nodes: readonly TreeNode[]) {
    for (const { id, parent } of nodes) {
      const siblings = this.children.get(parent);
      if (siblings) siblings.push(id);
      else this.children.set(parent, [id]);
    }
  }

  /** Library frames unfold and fold; the key is that of a fold line. */
  toggle(key: number): void {
    if (!this.opened.delete(key)) this.opened.add(key);
  }

  /** Folds that were open stay so when the tree has grown. */
  takeOpenFrom(other: FrameTree): void {
    for (const key of other.opened) if (key < this.nodes.length) this.opened.add(key);
  }

  get lines(): TreeLine[] {
    const lines: TreeLine[] = [];
    this.addChildren(-1, 0, lines);
    return lines;
  }

  node(id: number): TreeNode | null {
    return this.nodes[id] ?? null;
  }

  /** The node and all its callers, innermost first. */
  pathOf(id: number): TreeNode[] {
    const path: TreeNode[] = [];
    for (let node = this.node(id); node; node = this.node(node.parent)) path.push(node);
    return path;
  }

  /** The innermost of the user's frames on the way to a node; else the innermost frame. */
  ownFrameOf(id: number): FrameNode | null {
    const frames = this.pathOf(id).filter((node): node is FrameNode => node.kind === 'frame');
    return frames.find(({ own }) => own) ?? frames[0] ?? null;
  }

  /** Everything that a frame's calls, or a call, touched. */
  spansOf(id: number): StreamSpans {
    const up: Span[] = [];
    const down: Span[] = [];
    const visit = (at: number) => {
      const node = this.nodes[at];
      if (node?.kind === 'call' && node.direction) (node.direction === 'up' ? up : down).push(...node.ranges);
      for (const child of this.children.get(at) ?? []) visit(child);
    };
    visit(id);
    return { up: sorted(up), down: sorted(down) };
  }

  /** The call that moved a byte; the program's own before the recorder's. */
  callAt(direction: StreamDirection, offset: number): CallNode | null {
    const there = this.nodes.filter(
      (node): node is CallNode =>
        node.kind === 'call' &&
        node.direction === direction &&
        node.ranges.some(({ start, end }) => offset >= start && offset < end),
    );
    return there.find(({ lastWords, detail }) => !lastWords && detail !== 'peek') ?? there[0] ?? null;
  }

  /** The line that stands for a node: its own, or the fold that hides it. */
  lineOf(id: number, lines: readonly TreeLine[]): number {
    return lines.findIndex((line) =>
      line.kind === 'fold' ? !line.open && line.frames.some((frame) => frame.id === id) : line.node.id === id,
    );
  }

  private addChildren(parent: number, depth: number, lines: TreeLine[]): void {
    const children = (this.children.get(parent) ?? []).map((id) => this.nodes[id] as TreeNode);
    let library: FrameNode[] = [];
    const flush = () => {
      if (library.length > 0) this.addFold(library, depth, lines);
      library = [];
    };
    for (const child of children) {
      if (child.kind === 'frame' && !child.own) {
        library.push(child);
        continue;
      }
      flush();
      lines.push(child.kind === 'frame' ? { kind: 'frame', node: child, depth } : { kind: 'call', node: child, depth });
      if (child.kind === 'frame') this.addChildren(child.id, depth + 1, lines);
    }
    flush();
  }

  /** The library frames that hang together from here on, and below them what they led to. */
  private addFold(roots: readonly FrameNode[], depth: number, lines: TreeLine[]): void {
    const inside: FrameNode[] = [];
    const exits: TreeNode[] = [];
    const visit = (node: TreeNode) => {
      if (node.kind === 'call' || node.own) {
        exits.push(node);
        return;
      }
      inside.push(node);
      for (const child of this.children.get(node.id) ?? []) visit(this.nodes[child] as TreeNode);
    };
    for (const root of roots) visit(root);
    const key = (roots[0] as FrameNode).id;
    const open = this.opened.has(key);
    lines.push({ kind: 'fold', key, frames: inside, depth, open });
    if (open) {
      for (const root of roots) this.addOpen(root, depth + 1, lines);
      return;
    }
    // calls in the order in which they began
    for (const exit of exits.sort((a, b) => a.id - b.id)) {
      lines.push(
        exit.kind === 'frame'
          ? { kind: 'frame', node: exit, depth: depth + 1 }
          : { kind: 'call', node: exit, depth: depth + 1 },
      );
      if (exit.kind === 'frame') this.addChildren(exit.id, depth + 2, lines);
    }
  }

  private addOpen(node: FrameNode, depth: number, lines: TreeLine[]): void {
    lines.push({ kind: 'frame', node, depth });
    for (const id of this.children.get(node.id) ?? []) {
      const child = this.nodes[id] as TreeNode;
      if (child.kind === 'call') lines.push({ kind: 'call', node: child, depth: depth + 1 });
      else if (child.own) {
        lines.push({ kind: 'frame', node: child, depth: depth + 1 });
        this.addChildren(child.id, depth + 2, lines);
      } else this.addOpen(child, depth + 1, lines);
    }
  }
}

function sorted(spans: Span[]): Span[] {
  return spans.sort((a, b) => a.start - b.start);
}
