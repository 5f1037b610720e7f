/** Finding a call's argument by what a table says of its place. */
import type { ArgumentPlace } from '../library/facts';
import type { Argument, Call } from '../syntax/ast';

/** The argument in that place, or null when it is not given there for all one can see. */
export function argumentAt(call: Call, place: ArgumentPlace): Argument | null {
  const named = call.args.find(({ keyword }) => keyword !== null && place.keywords.includes(keyword));
  if (named) return named;
  return place.position === undefined ? null : positionalAt(call, place.position);
}

/** The positional argument with that index, or null; none is known behind an unpacked sequence. */
export function positionalAt(call: Call, index: number): Argument | null {
  const unpacked = call.args.findIndex(({ keyword }) => keyword === '*');
  const known = unpacked < 0 ? call.args : call.args.slice(0, unpacked);
  return known.filter(({ keyword }) => keyword === null)[index] ?? null;
}

/** Whether a call unpacks a sequence or a mapping into its arguments, so that any of them may be given. */
export function unpacks(call: Call): boolean {
  return call.args.some(({ keyword }) => keyword === '*' || keyword === '**');
}

/** Whether a body goes with a call, as far as its arguments tell; null when they do not. */
export function carriesBody(call: Call, body: 'always' | 'never' | ArgumentPlace): boolean | null {
  if (body === 'always') return true;
  if (body === 'never') return false;
  const given = argumentAt(call, body);
  if (given) return !(given.value.kind === 'constant' && given.value.text === 'None');
  // a prepared request was given its body elsewhere
  return unpacks(call) || body.keywords.length === 0 ? null : false;
}
