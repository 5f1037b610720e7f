/** What survives a reload of the webview: where the user was, never what was seen. Secrets are not among it. */
import type { Folding, ListOrder, StreamSpan } from '../../src/messages/panel';
import { vscodeApi } from '../common/vscodeApi';
import type { SideTab } from './messageSide';

export interface PanelState {
  /** Set by the editor, so that it can open the same capture again. */
  readonly folder: string | null;
  readonly query: string;
  readonly order: ListOrder;
  readonly grouped: boolean;
  readonly folding: Folding;
  readonly exchange: string | null;
  /** What is selected in the exchange: bytes, or a frame or call by its node. */
  readonly place: Place | null;
  readonly side: SideTab;
  readonly column: Column;
  readonly timeline: boolean;
  /** Percent of the height for the table; of the width for frames and for the reply. */
  readonly sizes: { readonly table: number; readonly frames: number; readonly side: number };
}

export interface Place {
  readonly exchange: string;
  readonly span: StreamSpan | null;
  readonly node: number | null;
}

export type Column = 'frames' | 'bytes' | 'side' | 'timeline';

const DEFAULT: PanelState = {
  folder: null,
  query: '',
  order: { column: 'time', descending: false },
  grouped: false,
  folding: { all: false, except: [] },
  exchange: null,
  place: null,
  side: 'reply',
  column: 'bytes',
  timeline: true,
  sizes: { table: 30, frames: 27, side: 24 },
};

export class StateStore {
  current: PanelState;

  /** @param exchange the one to select; it wins over what was kept, but only once */
  constructor(folder: string | null, exchange: string | null) {
    const kept = vscodeApi.getState() as Partial<PanelState> | undefined;
    // what was kept of another capture says nothing about this one
    const usable = kept && (kept.folder === folder || folder === null) ? kept : {};
    const first = usable.exchange === undefined && exchange !== null ? { exchange } : {};
    this.current = { ...DEFAULT, ...usable, ...first, folder: folder ?? usable.folder ?? null };
    vscodeApi.setState(this.current);
  }

  set(change: Partial<PanelState>): void {
    this.current = { ...this.current, ...change };
    vscodeApi.setState(this.current);
  }
}
