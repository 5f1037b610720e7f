import { IdRows } from '../base/idRows';
import { parseErrorChain } from './errorChain';
import type { Fields } from './fields';
import type { ErrorChain } from './model';
import type { FieldsAt } from './scopeTable';
import type { StackTable } from './stackTable';

/** Errors are named by records soon after they are introduced; older ones are read again when somebody asks. */
const MAX_KEPT = 4096;

/** The errors of one process, by id. */
export class ErrorTable {
  private readonly kept = new Map<number, ErrorChain>();
  private readonly rows = new IdRows();
  private offsets = new Float64Array(64);

  constructor(
    private readonly stacks: StackTable,
    private readonly fieldsAt: FieldsAt,
  ) {}

  /** False when the record holds no error. */
  add(id: number, fields: Fields, offset: number): boolean {
    const chain = parseErrorChain(fields, this.stacks);
    if (id === 0 || !chain) return false;
    const row = this.rows.add(id);
    if (row >= this.offsets.length) {
      const larger = new Float64Array(2 * this.offsets.length);
      larger.set(this.offsets);
      this.offsets = larger;
    }
    this.offsets[row] = offset;
    this.keep(id, chain);
    return true;
  }

  get(id: number): ErrorChain | null {
    if (id === 0) return null;
    const kept = this.kept.get(id);
    if (kept) return kept;
    const row = this.rows.get(id);
    const fields = row < 0 ? null : this.fieldsAt(this.offsets[row] as number);
    const chain = fields && parseErrorChain(fields, this.stacks);
    if (chain) this.keep(id, chain);
    return chain;
  }

  private keep(id: number, chain: ErrorChain): void {
    this.kept.set(id, chain);
    if (this.kept.size > MAX_KEPT) this.kept.delete(this.kept.keys().next().value as number);
  }
}
