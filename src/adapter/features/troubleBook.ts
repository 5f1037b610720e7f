/** What the report at the end of a session will say of exchanges, kept while the session goes on. */
import type { Exchange } from '../../decode/exchange';
import type { Severity } from '../../diagnosis/finding';
import { isPlain } from '../../diagnosis/plain';
import type { PackageIndex } from '../../export/packages';
import { redact } from '../../export/redact';
import { type ReportEntry, reportEntry } from '../../export/reportEntry';

/** Exchanges with a finding that are kept, of each weight: one that fails all the time must not fill the memory. */
export const MOST = 500;

export class TroubleBook {
  /** By id, the exchanges of which there is something to say. */
  private readonly entries = new Map<string, ReportEntry>();
  private readonly kept: Record<Severity, number> = { error: 0, warning: 0, info: 0 };
  /** Ids of those that are not kept, as there are so many. */
  private readonly left = new Set<string>();

  constructor(private readonly packages: PackageIndex) {}

  /** Takes note of an exchange as it is now, in place of what was noted of it before. */
  note(exchange: Exchange): void {
    this.forget(exchange.id);
    if (isPlain(exchange)) return;
    const entry = reportEntry(exchange, this.packages, redact);
    const [finding] = entry.findings;
    if (!finding) return;
    if (this.kept[finding.severity] === MOST) {
      this.left.add(exchange.id);
      return;
    }
    this.kept[finding.severity] += 1;
    this.entries.set(exchange.id, entry);
  }

  has(id: string): boolean {
    return this.entries.has(id) || this.left.has(id);
  }

  /** In the order of their exchanges. */
  list(): readonly ReportEntry[] {
    return [...this.entries.values()].sort((a, b) => a.beganAt - b.beganAt);
  }

  /** How many more there are than are listed. */
  get more(): number {
    return this.left.size;
  }

  private forget(id: string): void {
    this.left.delete(id);
    const [finding] = this.entries.get(id)?.findings ?? [];
    if (finding) this.kept[finding.severity] -= 1;
    this.entries.delete(id);
  }
}
