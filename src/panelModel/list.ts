/** The table as the user has filtered, sorted and grouped it: positions only, rows are made when they are asked for. */
import type { Folding, ListOptions, SortColumn } from '../messages/panel';
import type { Entry } from './entry';
import { parseQuery } from './query';
import { durationOf } from './row';

/** A heading stands for the exchanges of one connection. */
export interface Heading {
  readonly id: string;
  readonly first: Entry;
  readonly exchanges: number;
  readonly folded: boolean;
}
export type Item = Entry | Heading;
export const isHeading = (item: Item): item is Heading => 'first' in item;

export interface List {
  readonly items: readonly Item[];
  /** Of which exchanges it is the list, folded away or not. */
  readonly matching: readonly Entry[];
  readonly problem: string | null;
}

const KEYS: Readonly<Record<Exclude<SortColumn, 'time'>, (entry: Entry) => number | string | null>> = {
  status: (entry) => entry.status,
  method: (entry) => entry.method,
  host: (entry) => entry.host,
  path: (entry) => entry.path,
  initiator: ({ initiator }) => initiator && `${initiator.file}:${String(initiator.line).padStart(6, '0')}`,
  up: (entry) => entry.up.value ?? 0,
  down: (entry) => entry.down,
  duration: durationOf,
};

/** @param entries in the order of time */
export function listOf(entries: readonly Entry[], { query, order, grouped, folding }: Omit<ListOptions, 'rows'>): List {
  const parsed = parseQuery(query);
  const all = !('matches' in parsed) || query.trim() === '';
  const matching = all ? entries : entries.filter(parsed.matches);
  const sorted = sort(matching, order);
  return {
    items: grouped ? group(sorted, folding ?? OPEN) : sorted,
    matching,
    problem: 'problem' in parsed ? parsed.problem : null,
  };
}

/** What is not known comes last, whichever way; equals stay in the order of time. */
function sort(entries: readonly Entry[], { column, descending }: ListOptions['order']): readonly Entry[] {
  if (column === 'time') return descending ? entries.toReversed() : entries;
  const keyed = entries.map((entry) => ({ entry, key: KEYS[column](entry) }));
  const sign = descending ? -1 : 1;
  keyed.sort((a, b) => {
    if (a.key === null || b.key === null) return Number(a.key === null) - Number(b.key === null);
    return a.key < b.key ? -sign : a.key > b.key ? sign : 0;
  });
  return keyed.map(({ entry }) => entry);
}

const OPEN: Folding = { all: false, except: [] };

/** Of the group that an exchange belongs to: its connection, or itself when it had none. */
export const groupOf = ({ process, connection }: Pick<Entry, 'process' | 'connection'>): string =>
  `${process.file}/${connection}`;

/** Connections in the order in which their first listed exchange comes. */
function group(entries: readonly Entry[], { all, except }: Folding): Item[] {
  const groups = new Map<string, Entry[]>();
  for (const entry of entries) {
    const key = groupOf(entry);
    const members = groups.get(key);
    if (members) members.push(entry);
    else groups.set(key, [entry]);
  }
  const excepted = new Set(except);
  const items: Item[] = [];
  for (const [id, members] of groups) {
    const folded = excepted.has(id) !== all;
    items.push({ id, first: members[0] as Entry, exchanges: members.length, folded });
    if (!folded) for (const member of members) items.push(member);
  }
  return items;
}
