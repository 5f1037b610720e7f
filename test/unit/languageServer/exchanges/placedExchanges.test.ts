import assert from 'node:assert/strict';
import { PlacedExchanges } from '../../../../src/languageServer/exchanges/placedExchanges';
import { SourceLines } from '../../../../src/languageServer/exchanges/sourceLines';
import type { ExchangesNotification, PlacedExchange } from '../../../../src/messages/language';
import { refusedExchange } from '../support/exchanges';

const FILE = '/nowhere/upload.py';

function told(exchange: PlacedExchange, ...lines: number[]): ExchangesNotification {
  const places = lines.map((line) => ({ file: FILE, line, calls: null, initiator: true, exchange: 0 }));
  return { reset: false, exchanges: [exchange], places };
}

describe('the last exchanges of lines', () => {
  const statuses = (placed: PlacedExchanges) => placed.of(FILE).map(({ line, exchange }) => [line, exchange.status]);

  it('are the latest that began, and follow what is told of one', () => {
    const placed = new PlacedExchanges(new SourceLines());
    const later = refusedExchange({ id: 'b', status: null, began: 2000 });
    placed.update(told(refusedExchange({ id: 'a', status: 413, began: 1000 }), 1, 2));
    assert.deepEqual([...placed.update(told(later, 1)).keys()], [FILE]);
    placed.update(told({ ...later, status: 201 }, 1));
    const stale = placed.update(told(refusedExchange({ id: 'a', status: 500, began: 1000 }), 1));
    assert.equal(stale.size, 0);
    assert.deepEqual(statuses(placed).sort(), [
      [1, 201],
      [2, 413],
    ]);
  });

  it('are forgotten on request', () => {
    const placed = new PlacedExchanges(new SourceLines());
    placed.update(told(refusedExchange(), 1));
    placed.update({ reset: true, exchanges: [], places: [] });
    assert.deepEqual(placed.of(FILE), []);
  });

  it('do not come back once dismissed, but for a later one', () => {
    const placed = new PlacedExchanges(new SourceLines());
    const exchange = refusedExchange();
    placed.update(told(exchange, 1, 2));
    placed.dismiss(exchange.capture, exchange.id);
    placed.update(told({ ...exchange, live: false }, 1));
    assert.deepEqual(placed.of(FILE), []);
    placed.update(told({ ...exchange, id: 'again' }, 1));
    assert.equal(placed.of(FILE).length, 1);
  });

  it('are of a bounded number', () => {
    const placed = new PlacedExchanges(new SourceLines(), 3);
    placed.update(told(refusedExchange(), 1, 2, 3));
    placed.update(told(refusedExchange({ id: 'b' }), 1, 4));
    assert.deepEqual(
      placed.of(FILE).map(({ line }) => line),
      [3, 1, 4],
    );
  });
});
