import assert from 'node:assert/strict';
import {
  breakpointsBody,
  configurationOf,
  takeApart,
  WIRE_BREAKPOINT_FILTERS,
} from '../../../../../src/adapter/features/stops/exceptionBreakpoints';
import { AUTO_BREAKPOINT_NAMES } from '../../../../../src/messages/wireBreakpoints';

describe('exception breakpoints', () => {
  it('are announced with help for conditions where they take one', () => {
    for (const { filter, supportsCondition, conditionDescription } of WIRE_BREAKPOINT_FILTERS) {
      assert.equal(supportsCondition ?? false, filter !== 'wire.errorPath');
      assert.equal(conditionDescription !== undefined, supportsCondition ?? false);
    }
  });

  it('are taken apart in the order of the answer, and leave debugpy what it knows', () => {
    const exceptionOptions = [{ breakMode: 'always' }];
    const asked = takeApart({
      filters: ['raised', 'wire.failed'],
      filterOptions: [
        { filterId: 'uncaught', condition: 'x' },
        { filterId: 'wire.slowReply', condition: 'elapsed > 1s' },
      ],
      exceptionOptions,
    });
    assert.deepEqual(asked.wire, [{ id: 'wire.failed' }, { id: 'wire.slowReply', condition: 'elapsed > 1s' }]);
    assert.deepEqual(asked.other, { filters: ['raised', 'uncaught'], exceptionOptions });
    const answers = [
      { id: 'wire.failed', verified: true, message: null },
      { id: 'wire.slowReply', verified: false, message: 'Column 1: no' },
    ];
    assert.deepEqual(breakpointsBody(asked, answers, null).breakpoints, [
      { verified: true },
      { verified: true },
      { verified: false, message: 'debugpy takes no conditions for exceptions: it stops at all of them.' },
      { verified: false, message: 'Column 1: no' },
      { verified: true },
    ]);
    const [, failed] = breakpointsBody(asked, answers, 'Nothing is recorded.').breakpoints as unknown[];
    assert.deepEqual(failed, { verified: false, message: 'Nothing is recorded.' });
  });

  it('have their condition also where a client names them in both lists', () => {
    const asked = takeApart({
      filters: ['wire.failed', 'uncaught'],
      filterOptions: [{ filterId: 'wire.failed', condition: 'sent > 1MB' }, { filterId: 'uncaught' }],
    });
    assert.deepEqual(asked.wire, [{ id: 'wire.failed', condition: 'sent > 1MB' }]);
    assert.deepEqual(asked.other, { filters: ['uncaught'] });
    assert.equal(asked.entries.length, 4, 'each is answered');
  });

  it('survive what is malformed', () => {
    const asked = takeApart({ filterOptions: [null, 5, {}], filters: 'raised' });
    assert.deepEqual(asked.other, { filters: ['undefined'] });
    assert.deepEqual(asked.wire, []);
  });

  it('turn the places in libraries on with one filter, as the launch configuration chooses', () => {
    const path = { id: 'wire.errorPath' };
    assert.deepEqual(configurationOf([path], {}).configuration.autoBreakpoints, AUTO_BREAKPOINT_NAMES);
    const choices = { autoBreakpoints: ['httpx'], topFrame: 'program' } as const;
    const chosen = configurationOf([path, { id: 'wire.failed' }], choices);
    assert.deepEqual(chosen.configuration, {
      version: 1,
      filters: [{ id: 'wire.failed', condition: null }],
      autoBreakpoints: ['httpx'],
      topFrame: 'program',
      stopAt: [],
    });
    assert.deepEqual(configurationOf([], choices).configuration.autoBreakpoints, []);
    const conditioned = configurationOf([{ ...path, condition: 'status > 1' }], choices);
    assert.deepEqual(conditioned.configuration.autoBreakpoints, []);
    assert.equal(conditioned.answers[0]?.verified, false);
  });

  it('are restricted to places, where every failure counts whether its box is checked or not', () => {
    const stopAt = [{ file: '/a.py', line: 3, endLine: 5 }];
    const { configuration, answers } = configurationOf([{ id: 'wire.failed', condition: 'port == 80' }], { stopAt });
    assert.deepEqual(configuration.stopAt, stopAt);
    assert.deepEqual(
      configuration.filters.map(({ id, condition }) => [id, condition !== null]),
      [
        ['wire.failed', true],
        ['wire.errorStatusUnread', false],
        ['wire.errorStatusRead', false],
      ],
    );
    assert.deepEqual(configuration.autoBreakpoints, AUTO_BREAKPOINT_NAMES);
    assert.equal(answers.find(({ id }) => id === 'wire.failed')?.verified, true);
  });
});
