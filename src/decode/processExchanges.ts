import type { ProcessModel } from '../wire/processModel';
import { failedResolves, groupAttempts } from './attempts';
import { BodyIndex } from './bodyIndex';
import { Connection } from './connection';
import { type Draft, finish, isFinal, LastInScope } from './draft';
import type { Exchange } from './exchange';
import type { PreviewStore } from './previewStore';
import { failedResolveDraft } from './resolveFailure';

interface Tracked {
  readonly connection: Connection;
  /** Exchanges about which nothing will change any more. */
  readonly final: Exchange[];
  drafts: Draft[];
  done: boolean;
}

/** The exchanges of one process. */
export class ProcessExchanges {
  list: readonly Exchange[] = [];
  private readonly tracked = new Map<number, Tracked>();
  private readonly bodies: BodyIndex;
  private readonly lastInScope = new LastInScope();
  private seen = '';
  private attemptsVersion = -1;
  private failed: ReturnType<typeof failedResolves> = [];

  constructor(
    private readonly process: ProcessModel,
    private readonly previews: PreviewStore,
  ) {
    this.bodies = new BodyIndex(process);
  }

  /**
   * True when the list is another one now.
   * @param running false when the recorded program has ended: then no connection is live
   */
  async update(running: boolean): Promise<boolean> {
    const now = `${this.process.version}/${running}`;
    if (now === this.seen) return false;
    this.trackAttempts();
    for (const one of this.tracked.values()) if (!one.done) await this.draft(one);
    const failed = this.failed.map(({ resolve, index }) => failedResolveDraft(this.process, resolve, index));
    for (const draft of failed) this.lastInScope.note(draft);
    const exchanges = failed.map((draft) => this.finish(draft));
    for (const one of this.tracked.values()) {
      const open = this.settle(one); // moves what became final to where it stays
      exchanges.push(...one.final, ...open);
    }
    this.list = running ? exchanges : exchanges.map((one) => (one.live ? { ...one, live: false } : one));
    this.seen = now;
    return true;
  }

  /** Looks again at what was tried, if there is anything new. */
  private trackAttempts(): void {
    const { attemptsVersion } = this.process;
    if (attemptsVersion === this.attemptsVersion) return;
    this.attemptsVersion = attemptsVersion;
    this.failed = failedResolves(this.process);
    const gone = new Set(this.tracked.keys());
    for (const attempt of groupAttempts(this.process)) {
      const { id } = attempt.socket;
      gone.delete(id);
      if (this.tracked.get(id)?.connection.attempt.connects.length === attempt.connects.length) continue;
      const connection = new Connection(this.process, attempt, this.bodies, this.previews);
      this.tracked.set(id, { connection, final: [], drafts: [], done: false });
    }
    for (const id of gone) this.tracked.delete(id); // the attempt went on to another address
  }

  /** Calls end, and the process, without a word about the socket: what is not final is always drafted again. */
  private async draft(one: Tracked): Promise<void> {
    one.drafts = await one.connection.drafts(one.final.length);
    for (const draft of one.drafts) this.lastInScope.note(draft);
  }

  /** Finishes the drafts; those at the front that are final for good are kept as they are from now on. */
  private settle(one: Tracked): Exchange[] {
    const finished = one.drafts.map((draft) => this.finish(draft));
    let settled = 0;
    while (settled < one.drafts.length && isFinal(one.drafts[settled] as Draft)) settled += 1;
    for (const exchange of finished.slice(0, settled)) this.previews.forget(exchange.id);
    one.final.push(...finished.slice(0, settled));
    one.drafts = [];
    one.done = one.connection.over && settled === finished.length;
    return finished.slice(settled);
  }

  private finish(draft: Draft): Exchange {
    return finish(draft, this.lastInScope, this.process);
  }
}
