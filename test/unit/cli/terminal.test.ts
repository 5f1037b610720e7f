import assert from 'node:assert/strict';
import { appearance } from '../../../src/cli/terminal';

const options = (values: Record<string, string | true> = {}) => new Map(Object.entries(values));

describe('appearance', () => {
  const color = (isTTY: boolean, env: NodeJS.ProcessEnv = {}, option?: string | true) =>
    appearance({ isTTY }, option === undefined ? options() : options({ color: option }), env).color;

  it('is coloured on a terminal, unless someone says otherwise', () => {
    assert.equal(color(true), true);
    assert.equal(color(false), false);
    assert.equal(color(true, { NO_COLOR: '1' }), false);
    assert.equal(color(true, { NO_COLOR: '' }), true);
    assert.equal(color(false, { FORCE_COLOR: '1' }), true);
    assert.equal(color(true, { FORCE_COLOR: '0' }), false);
    assert.equal(color(true, { TERM: 'dumb' }), false);
    assert.equal(color(true, { NO_COLOR: '1', FORCE_COLOR: '1' }), false);
  });

  it('does what --color says before all', () => {
    assert.equal(color(false, { NO_COLOR: '1' }, 'always'), true);
    assert.equal(color(true, { FORCE_COLOR: '1' }, 'never'), false);
    assert.equal(color(true, {}, 'auto'), true);
    assert.throws(() => color(true, {}, 'sometimes'), /always, never or auto, not "sometimes"/);
  });

  it('is as wide as it is told to be, or as the terminal is', () => {
    const width = (columns: number | undefined, env: NodeJS.ProcessEnv, values = {}) =>
      appearance(columns === undefined ? {} : { columns }, options(values), env).width;
    assert.equal(width(80, {}), 80);
    assert.equal(width(undefined, {}), 100);
    assert.equal(width(80, { COLUMNS: '120' }), 120);
    assert.equal(width(80, { COLUMNS: 'wide' }), 80);
    assert.equal(width(80, { COLUMNS: '120' }, { width: '90' }), 90);
    for (const wrong of ['59', 'wide', '']) assert.throws(() => width(80, {}, { width: wrong }), /60 or more/, wrong);
  });

  it('asks the locale for its characters', () => {
    const unicode = (env: NodeJS.ProcessEnv, platform: NodeJS.Platform = 'linux') =>
      appearance({}, options(), env, platform).unicode;
    assert.equal(unicode({ LANG: 'en_US.UTF-8' }), true);
    assert.equal(unicode({ LANG: 'C.utf8' }), true);
    assert.equal(unicode({ LANG: 'en_US.UTF-8', LC_ALL: 'C' }), false);
    assert.equal(unicode({}), false);
    assert.equal(unicode({}, 'win32'), true);
  });
});
