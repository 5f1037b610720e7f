import assert from 'node:assert/strict';
import { streamViewOf } from '../../../src/panelModel/streamViews';
import { ACCEPTED, ACKNOWLEDGED, BODY_SIZE, HEAD, PART, REPLY, STORED, usePanelCase } from '../../support/panelCase';

describe('a stream in the panel', () => {
  const refused = usePanelCase();

  it('has the boundaries of what was handed over, accepted and acknowledged', () => {
    const up = streamViewOf(refused.current.exchange, 'up');
    assert.deepEqual(
      up?.marks.filter(({ kind }) => kind !== 'reply').map(({ kind, offset }) => [kind, offset]),
      [
        ['acknowledged', HEAD.length + ACKNOWLEDGED],
        ['accepted', HEAD.length + ACCEPTED],
        ['handed', HEAD.length + BODY_SIZE],
        ['announced', HEAD.length + BODY_SIZE],
      ],
    );
    const reply = up?.marks.find(({ kind }) => kind === 'reply');
    assert.deepEqual(
      [reply?.offset, reply?.atLeast],
      [HEAD.length, true],
      'it came during the call that sent the body',
    );
  });

  it('says what is stored and how it is made up', () => {
    const up = streamViewOf(refused.current.exchange, 'up');
    assert.deepEqual(up?.stored, [{ start: 0, end: HEAD.length + STORED }]);
    assert.deepEqual(
      up?.sections.map(({ kind, name, start }) => [kind, name, start]),
      [
        ['head', null, 0],
        ['body', null, HEAD.length],
        ['part', 'recording', HEAD.length + PART.length],
      ],
    );
  });

  it('knows that the program never received the reply', () => {
    const down = streamViewOf(refused.current.exchange, 'down');
    assert.deepEqual([down?.end, down?.readByProgram, down?.marks], [REPLY.length, [], []]);
  });
});
