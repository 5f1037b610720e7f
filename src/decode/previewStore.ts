import type { ByteSource } from '../wire/model';
import type { Message } from './exchange';
import { decodeBody } from './preview';

/** Bytes of preview for a reply that matters: an error, or one that was not read. */
const FULL = 64 * 1024;
/** For the others. */
const SHORT = 8 * 1024;
/** All previews of a capture together; beyond this there are none, the bytes can still be read by range. */
const TOTAL = 32 * 1024 * 1024;

export interface Preview {
  readonly bodyPreview: Uint8Array | null;
  readonly bodyPreviewTruncated: boolean;
}

/** Decodes the beginnings of replies' bodies, again only when there is more, and within a bound for all of them. */
export class PreviewStore {
  private readonly growing = new Map<string, { readonly seen: number; readonly preview: Preview }>();
  private spent = 0;

  /**
   * @param id of the exchange
   * @param matters whether the reply is worth a long preview
   */
  async get(id: string, source: ByteSource, message: Message, matters: boolean): Promise<Preview> {
    const known = this.growing.get(id);
    if (known && (known.seen === message.bodyRange.length || known.preview.bodyPreviewTruncated)) return known.preview;
    this.spent -= known?.preview.bodyPreview?.length ?? 0;
    const limit = Math.min(matters ? FULL : SHORT, TOTAL - this.spent);
    const decoded = limit > 0 ? await decodeBody(source, message, limit) : null;
    const preview = {
      bodyPreview: decoded?.bytes ?? null,
      bodyPreviewTruncated: decoded?.truncated ?? (limit <= 0 && !message.bodyRange.isEmpty),
    };
    this.spent += preview.bodyPreview?.length ?? 0;
    this.growing.set(id, { seen: message.bodyRange.length, preview });
    return preview;
  }

  /**
   * The exchange is final: it will not be asked for again.
   * @param gone nobody keeps the exchange, nor with it the preview
   */
  forget(id: string, gone = false): void {
    if (gone) this.spent -= this.growing.get(id)?.preview.bodyPreview?.length ?? 0;
    this.growing.delete(id);
  }
}
