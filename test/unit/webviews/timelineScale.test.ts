import assert from 'node:assert/strict';
import { niceStep, placeWords, ticksWithin, tickTime } from '../../../webviews/wire/timelineScale';

describe('the axes of the timeline', () => {
  it('step in ones, twos and fives', () => {
    assert.deepEqual(
      [
        [21_000, 2],
        [12_444_474, 4],
        [1, 4],
        [0.03, 6],
      ].map(([span = 0, count = 1]) => niceStep(span, count)),
      [20_000, 5_000_000, 0.5, 0.005],
    );
  });

  it('have every multiple in sight, and no other', () => {
    assert.deepEqual(ticksWithin(454.2, 482.9, 10), [460, 470, 480]);
    assert.deepEqual(ticksWithin(0, 20_000, 10_000), [0, 10_000, 20_000]);
  });

  it('say times as exactly as neighbours can be told apart', () => {
    assert.deepEqual(
      [
        [1532.5, 0.5],
        [460, 10],
        [12_000, 2000],
        [0.015, 0.005],
        [0, 5],
        [999.9999999, 0.5],
      ].map(([ms = 0, step = 1]) => tickTime(ms, step)),
      ['+1,532.5 ms', '+460 ms', '+12 s', '+0.015 ms', '+0 ms', '+1,000.0 ms'],
    );
  });
});

describe('the words of the timeline', () => {
  const space = { left: 60, right: 460, rows: 2, letter: 6 };
  const word = (x: number, text: string) => ({ x, symbol: '▲', text });

  it('stand to the right of their moment, to the left at the end, and in another row when they would meet', () => {
    const placed = placeWords([word(80, 'reply 413'), word(100, 'an error in send'), word(440, 'close')], space);
    assert.deepEqual(
      placed.map(({ row, anchor, text }) => [row, anchor, text]),
      [
        [0, 'start', '▲ reply 413'],
        [1, 'start', '▲ an error in send'],
        [0, 'end', '▲ close'],
      ],
    );
  });

  it('are shortened where there is too little room, to the symbol at worst', () => {
    const narrow = { ...space, right: 160 };
    const long = 'reply 413 Request Entity Too Large';
    const [first, second, third] = placeWords([word(70, long), word(72, long), word(74, long)], narrow);
    assert.match(first?.text ?? '', /^▲ reply 4\d*.*…$/);
    assert.equal(second?.row, 1);
    assert.deepEqual([third?.text], ['▲']);
  });

  it('never leave the plot', () => {
    for (let x = 60; x <= 460; x += 7) {
      const [placed] = placeWords([word(x, 'a word of some length')], space);
      const length = [...(placed?.text ?? '')].length * space.letter;
      const from = placed?.anchor === 'start' ? placed.x : (placed?.x ?? 0) - length;
      assert.ok(from >= space.left && from + length <= space.right, `at ${x}: ${JSON.stringify(placed)}`);
    }
  });
});
