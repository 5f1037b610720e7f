import assert from 'node:assert/strict';
import { DEBUGPY_CAPABILITIES } from '../../../../src/adapter/proxy/capabilities';
import type { Json } from '../../../../src/adapter/proxy/message';
import { refusal } from '../../../../src/adapter/proxy/refusals';

describe('requests for the debugger', () => {
  const refused = (command: string, capabilities: Json = DEBUGPY_CAPABILITIES, given: Json = {}) =>
    refusal({ seq: 1, type: 'request', command, arguments: given }, capabilities);

  it('reach one that has announced them', () => {
    for (const command of ['modules', 'gotoTargets', 'goto', 'stepInTargets', 'setExpression', 'exceptionInfo']) {
      assert.equal(refused(command), null, command);
    }
    assert.equal(refused('loadedSources', { supportsLoadedSourcesRequest: true }), null);
  });

  it('do not reach one that has not', () => {
    for (const command of [
      'loadedSources',
      'cancel',
      'stepBack',
      'setDataBreakpoints',
      'runInTerminal',
      'disassemble',
    ]) {
      assert.equal(refused(command), `debugpy cannot do "${command}".`);
    }
  });

  it('reach it when they are none of the optional ones, known or not', () => {
    for (const command of ['threads', 'evaluate', 'unheardOf', '', 'constructor'])
      assert.equal(refused(command, {}), null);
  });

  it('do not reach it without the path that they are about', () => {
    for (const source of [undefined, {}, { path: 3 }, 'x', { sourceReference: 1 }]) {
      assert.match(refused('setBreakpoints', {}, { source }) ?? '', /needs the path/);
    }
    assert.equal(refused('setBreakpoints', {}, { source: { path: '/a.py' } }), null);
    assert.match(refused('setPydevdSourceMap') ?? '', /needs the path/);
  });
});
