import assert from 'node:assert/strict';
import { StopBook } from '../../../../../src/adapter/features/stops/stopBook';
import { STOP } from './support';

describe('the book of stops', () => {
  it('puts the words of the network to the stop that follows, of the same thread', () => {
    const book = new StopBook();
    book.tell(STOP);
    const other = { threadId: 5, reason: 'breakpoint' };
    assert.equal(book.stopped(other), other);
    const body = book.stopped({ threadId: 4, reason: 'breakpoint', allThreadsStopped: true });
    const text = STOP.text;
    assert.deepEqual(body, { threadId: 4, reason: 'exception', allThreadsStopped: true, description: text, text });
    assert.equal(book.ofThread(4)?.told, STOP);
    assert.equal(book.ofThread(5), null);
  });

  it("leaves debugpy's own exceptions as they are, and knows of them", () => {
    const book = new StopBook();
    const body = { threadId: 4, reason: 'exception', text: 'KeyError' };
    assert.equal(book.stopped(body), body);
    assert.equal(book.ofThread(4)?.told, null);
  });

  it('knows the frames of a stop until the program goes on', () => {
    const book = new StopBook();
    book.tell(STOP);
    book.stopped({ threadId: 4 });
    book.stack(4, 1, [{ id: 8 }, 'nonsense']);
    assert.equal(book.ofThread(4)?.topFrame, null);
    book.stack(4, 0, [{ id: 7 }, { id: 8 }]);
    book.stack(5, 0, [{ id: 9 }]);
    assert.equal(book.ofFrame(8)?.topFrame, 7);
    assert.equal(book.ofFrame(9), null);
    book.resumed();
    assert.equal(book.ofFrame(8), null);
    assert.equal(book.ofThread(4), null);
  });
});
