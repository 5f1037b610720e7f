import assert from 'node:assert/strict';
import { events, requests } from '../../../src/messages/dap';
import { count, flag, integer, list, nullable, object, oneOf, optional, text } from '../../../src/messages/schema';
import { wireOptions } from '../../../src/messages/wireOptions';

describe('described shapes', () => {
  const shape = object('A thing.', {
    name: text('Its name.'),
    size: nullable(count('Bytes.')),
    kind: oneOf('Which.', ['a', 'b']),
    tags: optional(list('Tags.', text('One.'))),
    on: optional(flag('Whether.', { default: true })),
  });
  const good = { name: 'x', size: null, kind: 'a' };

  it('take what fits', () => {
    assert.equal(shape.check(good, 'thing'), null);
    assert.equal(shape.check({ ...good, size: 3, tags: ['t'], on: false }, 'thing'), null);
    assert.equal(shape.check({ ...good, tags: undefined }, 'thing'), null);
  });

  for (const [value, wrong] of [
    [null, 'thing must be an object, not null'],
    [[], 'thing must be an object, not a list'],
    [{ ...good, name: 3 }, 'thing.name must be a string, not 3'],
    [{ name: 'x', kind: 'a' }, 'thing.size is missing'],
    [{ ...good, size: -1 }, 'thing.size must be a whole number from 0 on, not -1'],
    [{ ...good, size: 1.5 }, 'thing.size must be a whole number from 0 on, not 1.5'],
    [{ ...good, kind: 'c' }, 'thing.kind must be one of a, b, not "c"'],
    [{ ...good, tags: [1] }, 'thing.tags[0] must be a string, not 1'],
    [{ ...good, tags: 'x' }, 'thing.tags must be a list, not "x"'],
    [{ ...good, on: 'yes' }, 'thing.on must be true or false, not "yes"'],
    [{ ...good, more: 1 }, 'thing.more is not known; there are name, size, kind, tags, on'],
  ] as const) {
    it(`say: ${wrong}`, () => assert.equal(shape.check(value, 'thing'), wrong));
  }

  it('tell counts from numbers of either sign', () => {
    assert.equal(integer('Any.').check(-2, 'x'), null);
    assert.equal(integer('Any.').check(0.5, 'x'), 'x must be a whole number, not 0.5');
  });

  it('are JSON Schema, too', () => {
    assert.deepEqual(shape.json, {
      type: 'object',
      description: 'A thing.',
      properties: {
        name: { type: 'string', description: 'Its name.' },
        size: {
          anyOf: [{ type: 'integer', minimum: 0, description: 'Bytes.' }, { type: 'null' }],
          description: 'Bytes.',
        },
        kind: { enum: ['a', 'b'], description: 'Which.' },
        tags: { type: 'array', items: { type: 'string', description: 'One.' }, description: 'Tags.' },
        on: { type: 'boolean', default: true, description: 'Whether.' },
      },
      required: ['name', 'size', 'kind'],
      additionalProperties: false,
    });
  });

  it('describe every message and option', () => {
    const bodies = Object.values(requests).flatMap((request) => [request.arguments, request.body]);
    for (const each of [wireOptions, ...Object.values(events), ...bodies]) assert.match(each.description, /\.$/);
  });
});
