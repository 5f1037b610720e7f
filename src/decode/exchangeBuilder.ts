import type { CaptureReader } from '../wire/reader';
import { CaptureExchanges } from './captureExchanges';
import type { Exchange } from './exchange';

/** Makes the exchanges of a capture and keeps every one of them whole. */
export class ExchangeBuilder extends CaptureExchanges<Exchange> {
  constructor(reader: CaptureReader) {
    super(reader, { keep: (exchange) => exchange, letGo: false });
  }
}
