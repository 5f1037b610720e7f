import assert from 'node:assert/strict';
import { Pages } from '../../../webviews/wire/pages';

/** Loads that are answered by hand. */
function harness(limit = 3) {
  const asked: number[] = [];
  const answers = new Map<number, (text: string | null) => void>();
  const arrived: number[] = [];
  const pages = new Pages<string>(
    (page) => {
      asked.push(page);
      return new Promise((resolve) => answers.set(page, resolve));
    },
    (page) => arrived.push(page),
    limit,
  );
  const answer = async (page: number, text: string | null = `page ${page}`) => {
    answers.get(page)?.(text);
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { pages, asked, arrived, answer };
}

describe('Pages', () => {
  it('asks once for what is not there, and tells when it has come', async () => {
    const { pages, asked, arrived, answer } = harness();
    assert.equal(pages.get(1), null);
    assert.equal(pages.get(1), null);
    await answer(1);
    assert.deepEqual([asked, arrived, pages.get(1)], [[1], [1], 'page 1']);
  });

  it('keeps those used last', async () => {
    const { pages, asked, answer } = harness(2);
    for (const page of [1, 2]) {
      pages.get(page);
      await answer(page);
    }
    pages.get(1);
    pages.get(3);
    await answer(3);
    assert.equal(pages.get(1), 'page 1');
    assert.equal(pages.get(2), null);
    assert.deepEqual(asked, [1, 2, 3, 2]);
  });

  it('shows what may be old until the new is there', async () => {
    const { pages, asked, answer } = harness();
    pages.get(1);
    await answer(1, 'old');
    pages.invalidate();
    assert.equal(pages.get(1), 'old');
    assert.deepEqual(asked, [1, 1]);
    await answer(1, 'new');
    assert.equal(pages.get(1), 'new');
    assert.deepEqual(asked, [1, 1]);
  });

  it('takes a page that came by itself, in place of one that is on its way', async () => {
    const { pages, asked, arrived, answer } = harness(2);
    pages.get(1);
    pages.invalidate();
    pages.put(1, 'new');
    await answer(1, 'old');
    assert.equal(pages.get(1), 'new');
    pages.put(2, 'two');
    pages.put(3, 'three');
    assert.equal(pages.get(1), null, 'no more are kept than otherwise');
    assert.deepEqual([asked, arrived], [[1, 1], []]);
  });

  it('asks for no more than two at a time, then for what is wanted by then', async () => {
    const { pages, asked, arrived, answer } = harness();
    for (const page of [1, 2, 3, 4]) pages.get(page);
    assert.deepEqual(asked, [1, 2]);
    await answer(1);
    pages.get(5);
    pages.get(6);
    await answer(2, null);
    assert.deepEqual([asked, arrived], [[1, 2, 5], [1]], 'one that fails has nobody look again, and again');
    pages.get(6);
    assert.deepEqual(asked, [1, 2, 5, 6]);
    pages.clear();
    pages.get(7);
    assert.deepEqual(asked, [1, 2, 5, 6, 7], 'those of before do not count');
    await answer(5);
    await answer(6);
    assert.deepEqual(arrived, [1]);
  });

  it('drops what was asked for before it was told to forget', async () => {
    const { pages, arrived, answer } = harness();
    pages.get(1);
    pages.clear();
    await answer(1, 'of another exchange');
    assert.deepEqual(arrived, []);
    assert.equal(pages.get(1), null);
  });
});
