/** The table as the user has filtered, sorted and grouped it: positions only, rows are made when they are asked for. */
import type { Exchange } from '../decode/exchange';
import type { ListOptions, SortColumn } from '../messages/panel';
import { parseQuery } from './query';
import { factsOf, type RowFacts } from './row';

/** A heading stands for the exchanges of one connection. */
export interface Heading {
  readonly first: Exchange;
  readonly exchanges: number;
}
export type Item = { readonly exchange: Exchange } | { readonly heading: Heading };

export interface List {
  readonly items: readonly Item[];
  readonly matching: number;
  readonly problem: string | null;
}

const KEYS: Readonly<Record<Exclude<SortColumn, 'time'>, (facts: RowFacts) => number | string | null>> = {
  status: (facts) => facts.status,
  method: (facts) => facts.method,
  host: (facts) => facts.host,
  path: (facts) => facts.path,
  initiator: ({ initiator }) => initiator && `${initiator.file}:${String(initiator.line).padStart(6, '0')}`,
  up: (facts) => facts.up,
  down: (facts) => facts.down,
  duration: (facts) => facts.duration,
};

/** @param exchanges in the order of time */
export function listOf(exchanges: readonly Exchange[], { query, order, grouped }: ListOptions): List {
  const parsed = parseQuery(query);
  const matching = 'matches' in parsed ? exchanges.filter(parsed.matches) : exchanges;
  const sorted = sort(matching, order);
  return {
    items: grouped ? group(sorted) : sorted.map((exchange) => ({ exchange })),
    matching: matching.length,
    problem: 'problem' in parsed ? parsed.problem : null,
  };
}

/** What is not known comes last, whichever way; equals stay in the order of time. */
function sort(exchanges: readonly Exchange[], { column, descending }: ListOptions['order']): readonly Exchange[] {
  if (column === 'time') return descending ? exchanges.toReversed() : exchanges;
  const keyed = exchanges.map((exchange) => ({ exchange, key: KEYS[column](factsOf(exchange)) }));
  const sign = descending ? -1 : 1;
  keyed.sort((a, b) => {
    if (a.key === null || b.key === null) return Number(a.key === null) - Number(b.key === null);
    return a.key < b.key ? -sign : a.key > b.key ? sign : 0;
  });
  return keyed.map(({ exchange }) => exchange);
}

/** Connections in the order in which their first listed exchange comes. */
function group(exchanges: readonly Exchange[]): Item[] {
  const groups = new Map<string, Exchange[]>();
  for (const exchange of exchanges) {
    const key = connectionKey(exchange);
    const members = groups.get(key);
    if (members) members.push(exchange);
    else groups.set(key, [exchange]);
  }
  return [...groups.values()].flatMap((members): Item[] => [
    { heading: { first: members[0] as Exchange, exchanges: members.length } },
    ...members.map((exchange) => ({ exchange })),
  ]);
}

const connectionKey = ({ process, socket, id }: Exchange): string => `${process.file}/${socket?.id ?? id}`;
