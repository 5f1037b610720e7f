/** An exchange as one line of the table. */
import type { Redactor } from '../export/redact';
import type { ExchangeRow, Phase, PhaseName, SourcePlace } from '../messages/panel';
import type { Frame } from '../wire/model';
import type { Clock } from './clock';
import { type Entry, PHASES } from './entry';
import { groupOf } from './list';

export const placeOf = ({ file, line, function: name }: Frame): SourcePlace => ({ file, line, function: name });

/** Nanoseconds; null while it runs. */
export const durationOf = ({ beganAt, endedAt }: Entry): number | null => (endedAt === null ? null : endedAt - beganAt);

export function rowOf(entry: Entry, clock: Clock, redactor: Redactor): ExchangeRow {
  const duration = durationOf(entry);
  return {
    kind: 'exchange',
    id: entry.id,
    group: groupOf(entry),
    pid: entry.process.pid,
    scheme: entry.scheme,
    method: entry.method,
    host: entry.host,
    port: entry.port,
    path: redactor.url(entry.path),
    status: entry.status,
    reason: entry.reason,
    outcome: entry.outcome,
    unreadReply: entry.unreadReply,
    error: entry.error,
    initiator: entry.initiator && placeOf(entry.initiator),
    up: entry.up,
    upIs: entry.upIs,
    upAnnounced: entry.upAnnounced,
    down: entry.down,
    began: clock.at(entry.process, entry.beganAt),
    duration: duration === null ? null : duration / 1e6,
    phases: phasesOf(entry, clock),
  };
}

function phasesOf({ phases, process }: Entry, clock: Clock): Phase[] {
  const found: Phase[] = [];
  for (let at = 0; at < phases.length; at += 3) {
    const [name, start, end] = phases.slice(at, at + 3) as [number, number, number];
    found.push({ name: PHASES[name] as PhaseName, start: clock.at(process, start), end: clock.at(process, end) });
  }
  return found;
}
