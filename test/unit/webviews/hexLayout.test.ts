import assert from 'node:assert/strict';
import type { Mark, StreamView } from '../../../src/messages/panel';
import { HexLayout } from '../../../webviews/wire/hexLayout';

const mark = (kind: Mark['kind'], offset: number): Mark => ({
  kind,
  offset,
  count: offset,
  derived: false,
  atLeast: false,
});

function view(changes: Partial<StreamView> = {}): StreamView {
  return {
    direction: 'up',
    layer: 'wire',
    start: 0,
    end: 40,
    stored: [{ start: 0, end: 40 }],
    sections: [],
    marks: [],
    readByProgram: null,
    ...changes,
  };
}

/** What each line shows, in short. */
function drawn(layout: HexLayout): string[] {
  return Array.from({ length: layout.lines }, (_, index) => {
    const line = layout.line(index);
    if (line.kind === 'bytes') return `${line.start}-${line.end}${line.blank > 0 ? ` after ${line.blank}` : ''}`;
    if (line.kind === 'marks') return line.marks.map(({ kind }) => kind).join('+');
    if (line.kind === 'gap') return `gap ${line.start}-${line.end}`;
    return line.section.kind;
  });
}

describe('HexLayout', () => {
  it('makes lines of equal length', () => {
    assert.deepEqual(drawn(new HexLayout(view(), 16)), ['0-16', '16-32', '32-40']);
  });

  it('breaks a line at a boundary and goes on in the same column', () => {
    const layout = new HexLayout(view({ marks: [mark('accepted', 20), mark('handed', 40)] }), 16);
    assert.deepEqual(drawn(layout), ['0-16', '16-20', 'accepted', '20-32 after 4', '32-40', 'handed']);
  });

  it('draws boundaries that fall together in one line, and those beyond the end', () => {
    const marks = [mark('acknowledged', 16), mark('accepted', 16), mark('announced', 100)];
    assert.deepEqual(drawn(new HexLayout(view({ marks }), 16)), [
      '0-16',
      'acknowledged+accepted',
      '16-32',
      '32-40',
      'announced',
    ]);
  });

  it('has a line for what is not stored, however much it is', () => {
    const layout = new HexLayout(
      view({
        end: 1_000_000,
        stored: [
          { start: 0, end: 8 },
          { start: 999_990, end: 1_000_000 },
        ],
      }),
      16,
    );
    assert.deepEqual(drawn(layout), ['0-8', 'gap 8-999990', '999990-1000000 after 6']);
  });

  it('puts a heading before each section', () => {
    const sections = [
      { kind: 'head', name: null, start: 0, end: 10 },
      { kind: 'body', name: null, start: 10, end: 40 },
    ] as const;
    const layout = new HexLayout(view({ sections }), 16);
    assert.deepEqual(drawn(layout), ['head', '0-10', 'body', '10-16 after 10', '16-32', '32-40']);
    assert.equal(layout.sectionOf(9)?.kind, 'head');
    assert.equal(layout.sectionOf(10)?.kind, 'body');
  });

  it('counts columns from where the exchange begins in its stream', () => {
    const layout = new HexLayout(view({ start: 1003, end: 1043, stored: [{ start: 1003, end: 1043 }] }), 16);
    assert.deepEqual(drawn(layout), ['1003-1019', '1019-1035', '1035-1043']);
  });

  it('finds the line of every byte, stored or not', () => {
    const marks = [mark('accepted', 20)];
    const layout = new HexLayout(view({ marks, stored: [{ start: 0, end: 30 }] }), 16);
    for (let offset = 0; offset < 40; offset += 1) {
      const line = layout.line(layout.lineOf(offset));
      assert.ok(
        (line.kind === 'bytes' || line.kind === 'gap') && offset >= line.start && offset < line.end,
        `byte ${offset} is looked for in ${JSON.stringify(line)}`,
      );
    }
    assert.equal(layout.line(layout.boundaryOf(20)).kind, 'marks');
  });

  it('knows what became of a byte', () => {
    const sent = new HexLayout(view({ marks: [mark('acknowledged', 10), mark('accepted', 20)] }), 16);
    assert.deepEqual(
      [9, 10, 19, 20].map((offset) => sent.fateOf(offset)),
      ['acknowledged', 'accepted', 'accepted', 'stuck'],
    );
    assert.equal(new HexLayout(view(), 16).fateOf(0), 'unknown');
    const got = new HexLayout(view({ direction: 'down', readByProgram: [{ start: 0, end: 5 }] }), 16);
    assert.deepEqual(
      [4, 5].map((offset) => got.fateOf(offset)),
      ['read', 'unread'],
    );
  });

  it('takes no time for a gigabyte', () => {
    const end = 1 << 30;
    const layout = new HexLayout(view({ end, stored: [{ start: 0, end }] }), 16);
    assert.equal(layout.lines, end / 16);
    assert.equal(layout.lineOf(end - 1), layout.lines - 1);
  });
});
