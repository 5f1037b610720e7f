import { CaptureExchanges } from '../../src/decode/captureExchanges';
import type { Exchange } from '../../src/decode/exchange';
import type { CaptureReader } from '../../src/wire/reader';

/** Makes the exchanges of a capture and keeps every one of them whole. */
export class ExchangeBuilder extends CaptureExchanges<Exchange> {
  constructor(reader: CaptureReader) {
    super(reader, { keep: (exchange) => exchange, letGo: false });
  }
}
