/** Everything an exchange did on the wire as one tree: Python frames from the outside in, the calls they made as leaves. */
import { RangeSet } from '../base/rangeSet';
import { joinStacks } from '../decode/asyncStack';
import type { Exchange } from '../decode/exchange';
import { nameError } from '../diagnosis/classify';
import { operationsOf } from '../export/exchangeStreams';
import type { CallNode, FrameNode, TreeNode } from '../messages/panel';
import type { ErrorChain, Frame, IoOperation } from '../wire/model';
import type { ProcessModel } from '../wire/processModel';
import { type Clock, toMs } from './clock';
import { moduleOf, ownFrames } from './library';
import { placeOf } from './row';

/** A leaf keeps at most so many ranges; it grows coarser beyond, never wrong by more than the gaps it swallows. */
const MAX_RANGES = 1000;
const MAX_DEPTH = 200;

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };
type Leaf = Mutable<CallNode> & { readonly touched: RangeSet };

export interface CallTree {
  readonly nodes: readonly TreeNode[];
  /** The leaf that an operation belongs to. */
  readonly leafOf: (operation: IoOperation) => number;
}

interface Step {
  readonly at: number;
  readonly frames: readonly Frame[];
  readonly leaf: Omit<CallNode, 'kind' | 'id' | 'parent' | 'ranges' | 'calls' | 'began' | 'duration'>;
  readonly calls: number;
  readonly duration: number;
  readonly operation: IoOperation | null;
}

const known = new WeakMap<Exchange, CallTree>();

/** Made once for each state of an exchange. */
export function callTreeOf(exchange: Exchange, process: ProcessModel, clock: Clock): CallTree {
  let tree = known.get(exchange);
  if (!tree) {
    tree = build(exchange, process, clock);
    known.set(exchange, tree);
  }
  return tree;
}

function build(exchange: Exchange, process: ProcessModel, clock: Clock): CallTree {
  const isOwn = ownFrames(exchange);
  const initiator = exchange.frames[exchange.initiator];
  const nodes: (Mutable<FrameNode> | Leaf)[] = [];
  const children = new Map<string, number>();
  const leaves = new Map<IoOperation, number>();

  const frameNode = (parent: number, frame: Frame): number => {
    const key = `${parent}|${frame.file}|${frame.line}|${frame.function}`;
    let id = children.get(key);
    if (id === undefined) {
      id = nodes.length;
      children.set(key, id);
      nodes.push({
        kind: 'frame',
        id,
        parent,
        place: placeOf(frame),
        library: moduleOf(frame.file),
        own: isOwn(frame),
        initiator: initiator !== undefined && sameLine(frame, initiator),
      });
    }
    return id;
  };

  for (const step of stepsOf(exchange, process)) {
    let parent = -1;
    for (const frame of step.frames.slice(0, MAX_DEPTH).toReversed()) parent = frameNode(parent, frame);
    const { operation, direction, lastWords, error, pending, detail } = step.leaf;
    const key = `${parent}||${operation}|${direction}|${lastWords}|${error}|${pending}|${detail}`;
    let id = children.get(key);
    if (id === undefined) {
      id = nodes.length;
      children.set(key, id);
      nodes.push({
        kind: 'call',
        id,
        parent,
        ...step.leaf,
        bytes: step.leaf.bytes === null ? null : 0,
        calls: 0,
        ranges: [],
        began: clock.at(exchange.process, step.at),
        duration: 0,
        touched: new RangeSet(),
      });
    }
    const leaf = nodes[id] as Leaf;
    leaf.calls += step.calls;
    leaf.duration += toMs(step.duration);
    if (leaf.bytes !== null) leaf.bytes += step.leaf.bytes ?? 0;
    if (step.operation) {
      leaf.touched.add(step.operation.range);
      leaves.set(step.operation, id);
    }
  }
  return { nodes: nodes.map(finished), leafOf: (operation) => leaves.get(operation) ?? -1 };
}

function finished(node: Mutable<FrameNode> | Leaf): TreeNode {
  if (node.kind === 'frame') return node;
  const { touched, ...call } = node;
  const all = touched.ranges.map(({ start, end }) => ({ start, end }));
  const each = Math.ceil(all.length / MAX_RANGES);
  const ranges =
    each <= 1
      ? all
      : all
          .filter((_, at) => at % each === 0)
          .map(({ start }, at) => ({
            start,
            end: (all[Math.min(all.length, (at + 1) * each) - 1] as { end: number }).end,
          }));
  return { ...call, ranges };
}

const sameLine = (a: Frame, b: Frame): boolean => a.file === b.file && a.line === b.line && a.function === b.function;

/** What happened, in the order in which it began. */
function stepsOf(exchange: Exchange, process: ProcessModel): Step[] {
  const { resolve, connects, tls, index } = exchange;
  const steps: Step[] = operationsOf(exchange).map((operation) => ioStep(operation, exchange, process));
  const quiet = { direction: null, bytes: null, lastWords: false, pending: false } as const;
  const add = (
    operation: string,
    one: {
      readonly at: number;
      readonly duration: number;
      readonly stack: readonly Frame[];
      readonly error: ErrorChain | null;
    },
    detail: string | null,
  ) =>
    steps.push({
      at: one.at,
      frames: one.stack,
      leaf: { ...quiet, operation, detail, error: one.error && nameError(one.error[0]) },
      calls: 1,
      duration: one.duration,
      operation: null,
    });
  if (index === 0) {
    if (resolve) {
      const addresses = [...new Set(resolve.addresses.map(({ address }) => address))];
      add(
        resolve.function,
        resolve,
        resolve.error ? resolve.host : `${resolve.host ?? '?'} is ${addresses.join(', ') || 'nothing'}`,
      );
    }
    for (const connect of connects) {
      add(
        'connect',
        connect,
        connect.address === null ? null : `${connect.address}${connect.port === null ? '' : `:${connect.port}`}`,
      );
    }
    if (tls) add('do_handshake', tls, tls.version);
  }
  return steps.sort((a, b) => a.at - b.at);
}

function ioStep(operation: IoOperation, exchange: Exchange, process: ProcessModel): Step {
  const { error, result, handed, direction, lastWords, pending, replayed, peek } = operation;
  const frames = process.frames(operation.stackId);
  const moved = direction === 'up' ? (error === null && result !== null ? result : handed) : (result ?? 0);
  const detail = replayed
    ? 'from what had been read early'
    : peek && !lastWords
      ? 'peek'
      : direction === 'down' && result === 0
        ? 'end of stream'
        : null;
  return {
    at: operation.at,
    frames: direction === 'up' ? joinStacks(frames, exchange.frames) : frames,
    leaf: {
      operation: lastWords ? 'last words' : operation.op,
      direction,
      bytes: moved,
      detail,
      error: error && nameError(error[0]),
      lastWords,
      pending,
    },
    calls: operation.calls,
    duration: operation.duration,
    operation,
  };
}
