/** Exchanges as one message: the stacks that they share are told once. */
import { frameOwner } from '../../decode/initiator';
import type { ExchangesBody, StackFrame } from '../../messages/dap';
import type { Frame } from '../../wire/model';
import type { Summary } from './exchangeSummary';

export type ExchangeBatch = Pick<ExchangesBody, 'exchanges' | 'stacks'>;

/** Frames told of one stack; asynchronous clients have deep ones. */
const MAX_FRAMES = 40;

/** A summary with the stack of its exchange; the same stack is the same list. */
export interface Stacked {
  readonly summary: Summary;
  readonly frames: readonly Frame[];
  /** Index in `frames`, -1 for none. */
  readonly initiator: number;
}

export function batchOf(exchanges: readonly Stacked[]): ExchangeBatch {
  const stacks: StackFrame[][] = [];
  // a capture interns its stacks, so that the same stack is the same list
  const places = new Map<readonly Frame[], number>();
  const placeOf = ({ frames, initiator }: Stacked): number | null => {
    if (frames.length === 0) return null;
    const known = places.get(frames);
    if (known !== undefined) return known;
    places.set(frames, stacks.length);
    stacks.push(stackOf(frames, initiator));
    return stacks.length - 1;
  };
  return { exchanges: exchanges.map((one) => ({ ...one.summary, stack: placeOf(one) })), stacks };
}

/** The user's own frames and the initiator are always told; of the others, those nearest to the socket. */
function stackOf(frames: readonly Frame[], initiator: number): StackFrame[] {
  const all = frames.map((frame, index) => ({ frame, own: index === initiator || frameOwner(frame) === 'user' }));
  const owned = all.filter(({ own }) => own).length;
  let room = Math.max(0, MAX_FRAMES - owned);
  let ownRoom = MAX_FRAMES;
  return all
    .filter(({ own }) => (own ? ownRoom-- > 0 : room-- > 0))
    .map(({ frame: { file, line, function: name }, own }) => ({ file, line, function: name, own }));
}
