/** The names that a condition of a wire breakpoint can speak of, what they are, and words people use instead. */

export type Kind = 'text' | 'number' | 'bytes' | 'seconds' | 'class';

interface FactDescription {
  readonly kind: Kind;
  readonly help: string;
}

export const FACTS = {
  host: {
    kind: 'text',
    help: 'Host that the request names (without the port), else the name the program connected to, else the address. Case does not matter.',
  },
  port: { kind: 'number', help: 'Port of the server.' },
  method: { kind: 'text', help: 'HTTP method, such as "POST". Case does not matter.' },
  path: { kind: 'text', help: 'Path of the request, from its slash on, without the query.' },
  status: { kind: 'number', help: 'HTTP status of the reply, also of one that the program has not read.' },
  sent: {
    kind: 'bytes',
    help: 'Bytes of the exchange that the operating system has taken so far, with what TLS adds. 5MB, 64KiB.',
  },
  acked: { kind: 'bytes', help: "Bytes of the exchange that the peer's TCP has confirmed. Known on Linux." },
  elapsed: { kind: 'seconds', help: 'Seconds since the request began. 1.5s, 200ms, 2min.' },
  exception: {
    kind: 'class',
    help: 'Class of the exception, by name; base classes match too: OSError, ssl.SSLError, "TimeoutError".',
  },
} as const satisfies Record<string, FactDescription>;

export type FactName = keyof typeof FACTS;

export const FACT_NAMES = Object.keys(FACTS) as readonly FactName[];

export const isFactName = (name: string): name is FactName => Object.hasOwn(FACTS, name);

/** Words for the same thing in other tools. */
const SYNONYMS: Readonly<Record<string, FactName>> = {
  hostname: 'host',
  server: 'host',
  address: 'host',
  domain: 'host',
  verb: 'method',
  url: 'path',
  uri: 'path',
  target: 'path',
  code: 'status',
  statuscode: 'status',
  status_code: 'status',
  bytes: 'sent',
  size: 'sent',
  accepted: 'sent',
  acknowledged: 'acked',
  time: 'elapsed',
  duration: 'elapsed',
  seconds: 'elapsed',
  error: 'exception',
  exc: 'exception',
  errno: 'exception',
};

/** The known word that a misspelt one most likely means; null when none is near. */
export function nearest(word: string, known: readonly string[]): string | null {
  const lower = word.toLowerCase();
  const synonym = Object.hasOwn(SYNONYMS, lower) ? SYNONYMS[lower] : undefined;
  if (synonym && known.includes(synonym)) return synonym;
  let best: string | null = null;
  let least = Math.min(2, Math.floor(word.length / 2)) + 1;
  for (const candidate of known) {
    const distance = editDistance(lower, candidate.toLowerCase());
    if (distance < least) [best, least] = [candidate, distance];
  }
  return best;
}

/** Insertions, deletions, substitutions and swaps of neighbours that make one word of the other. */
function editDistance(a: string, b: string): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, index) => index)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    const above = rows[i - 1] as number[];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let value = Math.min((above[j] as number) + 1, (row[j - 1] as number) + 1, (above[j - 1] as number) + +!same);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (swapped) value = Math.min(value, ((rows[i - 2] as number[])[j - 2] as number) + 1);
      row.push(value);
    }
    rows.push(row);
  }
  return (rows[a.length] as number[])[b.length] as number;
}
