import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FACT_NAMES } from '../../../src/messages/conditionNames';
import { parseCondition } from '../../../src/messages/conditions';
import { AUTO_BREAKPOINT_NAMES, WIRE_FILTERS, wireConfiguration } from '../../../src/messages/wireBreakpoints';
import { checkout } from '../../support/checkout';

const probe = (file: string) => readFileSync(join(checkout, 'src/probe/framewire_probe', file), 'utf8');

describe('the wire breakpoints', () => {
  it('are the ones that the probe knows', () => {
    const inProbe = [...probe('watch.py').matchAll(/^[A-Z_]+ = "(wire\.\w+)"$/gm)].map((match) => match[1]);
    assert.deepEqual(
      WIRE_FILTERS.map(({ id }) => id),
      inProbe,
    );
    const paths = [...probe('errorpaths.py').matchAll(/^ {4}ErrorPath\(\s*"([\w.]+)"/gm)].map((match) => match[1]);
    assert.deepEqual(AUTO_BREAKPOINT_NAMES, paths);
  });

  it('give a working condition as their example', () => {
    for (const { id, conditionDescription, names } of WIRE_FILTERS) {
      assert.match(conditionDescription, /^such as: /, id);
      parseCondition(conditionDescription.replace('such as: ', ''), names);
    }
  });

  it('stop at failures and unread refusals unless told otherwise', () => {
    const on = WIRE_FILTERS.filter((filter) => filter.default).map(({ id }) => id);
    assert.deepEqual(on, ['wire.failed', 'wire.errorStatusUnread']);
  });
});

describe('a configuration of wire breakpoints', () => {
  it('holds the filters that are right, and tells what is wrong with the others', () => {
    const { configuration, answers } = wireConfiguration(
      [
        { id: 'wire.failed', condition: '  ' },
        { id: 'wire.errorStatusRead', condition: 'status == 404' },
        { id: 'wire.slowReply', condition: 'elapsd > 2s' },
        { id: 'wire.connectionOpened', condition: 'status == 404' },
        { id: 'wire.nothing' },
      ],
      ['urllib.error'],
      'program',
    );
    assert.deepEqual(configuration, {
      version: 1,
      filters: [
        { id: 'wire.failed', condition: null },
        { id: 'wire.errorStatusRead', condition: { op: '==', left: { name: 'status' }, right: { value: 404 } } },
      ],
      autoBreakpoints: ['urllib.error'],
      topFrame: 'program',
      stopAt: [],
    });
    assert.deepEqual(answers, [
      { id: 'wire.failed', verified: true, message: null },
      { id: 'wire.errorStatusRead', verified: true, message: null },
      { id: 'wire.slowReply', verified: false, message: 'Column 1: "elapsd" is not known. Do you mean elapsed?' },
      {
        id: 'wire.connectionOpened',
        verified: false,
        message: 'Column 1: "status" is never known here. There are host, port.',
      },
      { id: 'wire.nothing', verified: false, message: 'There is no wire breakpoint "wire.nothing".' },
    ]);
  });

  it('has every automatic breakpoint and the library on top when nothing is asked for', () => {
    const { configuration } = wireConfiguration([]);
    assert.deepEqual(configuration, {
      version: 1,
      filters: [],
      autoBreakpoints: AUTO_BREAKPOINT_NAMES,
      topFrame: 'library',
      stopAt: [],
    });
  });
});

describe('the documentation of wire breakpoints', () => {
  const page = readFileSync(join(checkout, 'docs/wire-breakpoints.md'), 'utf8');
  const rows = (name: RegExp) => [...page.matchAll(name)].map((match) => match[1]);

  it('has every filter with its default, every name and every automatic breakpoint', () => {
    assert.deepEqual(
      [...page.matchAll(/^\| `(wire\.\w+)` \| (on|off) \|/gm)].map(([, id, on]) => [id, on === 'on']),
      WIRE_FILTERS.map((filter) => [filter.id, filter.default]),
    );
    assert.deepEqual(rows(/^\| `(\w+)` \| [^|]+ \| [^|]+ \|$/gm), FACT_NAMES);
    assert.deepEqual(rows(/^\| `([\w.]+)` \| [^|]+ \|$/gm), AUTO_BREAKPOINT_NAMES);
  });

  it('has conditions that work', () => {
    const examples = [...page.matchAll(/^ {4}(.+)$/gm)].map((match) => match[1] ?? '');
    assert.equal(examples.length, 3);
    for (const example of examples) parseCondition(example);
  });
});
