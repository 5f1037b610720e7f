import assert from 'node:assert/strict';
import { ExchangeChanges } from '../../../../src/adapter/features/exchangeChanges';
import { PackageIndex } from '../../../../src/export/packages';
import { exchange, response } from '../../../support/exchanges';

describe('the exchanges that changed', () => {
  const make = () => new ExchangeChanges(new PackageIndex(), 2);
  const told = (changes: ExchangeChanges, all: boolean) =>
    changes.take(all).map(({ exchanges }) => exchanges.map(({ id, status }) => `${id} ${status}`));
  const running = exchange({ id: 'a', response: null, live: true });
  const over = { ...running, response: response(200, 'OK'), live: false };

  it('are told once, and again when there is something new about them', () => {
    const changes = make();
    changes.note(running);
    assert.deepEqual(told(changes, true), [['a null']]);
    changes.note(running);
    assert.deepEqual(told(changes, true), []);
    changes.settle(over);
    assert.deepEqual(told(changes, true), [['a 200']]);
  });

  it('are not told again when they end as they were', () => {
    const changes = make();
    changes.note(over);
    assert.deepEqual(told(changes, true), [['a 200']]);
    changes.settle(over);
    assert.deepEqual(told(changes, true), []);
  });

  it('are told in full messages meanwhile, the rest in the end, in the order in which they began', () => {
    const changes = make();
    for (const beganAt of [3, 1, 2]) changes.settle({ ...over, id: `x${beganAt}`, beganAt });
    assert.deepEqual(told(changes, false), [['x1 200', 'x2 200']]);
    assert.deepEqual(told(changes, false), []);
    assert.deepEqual(told(changes, true), [['x3 200']]);
  });
});
