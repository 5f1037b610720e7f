import assert from 'node:assert/strict';
import { DEBUGPY_CAPABILITIES } from '../../../../src/adapter/proxy/capabilities';
import { isSupported } from '../../../../src/adapter/proxy/optionalRequests';

describe('optional requests', () => {
  it('go to a debugger that has announced them', () => {
    for (const command of ['modules', 'gotoTargets', 'goto', 'stepInTargets', 'setExpression', 'exceptionInfo']) {
      assert.ok(isSupported(command, DEBUGPY_CAPABILITIES), command);
    }
    assert.ok(isSupported('loadedSources', { supportsLoadedSourcesRequest: true }));
  });

  it('do not go to one that has not', () => {
    for (const command of [
      'loadedSources',
      'cancel',
      'stepBack',
      'setDataBreakpoints',
      'runInTerminal',
      'disassemble',
    ]) {
      assert.ok(!isSupported(command, DEBUGPY_CAPABILITIES), command);
    }
  });

  it('are none of the others, known or not', () => {
    for (const command of ['threads', 'evaluate', 'unheardOf', '', 'constructor']) assert.ok(isSupported(command, {}));
  });
});
