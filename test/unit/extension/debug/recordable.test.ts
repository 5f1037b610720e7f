// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the editor substitutes these variables
import assert from 'node:assert/strict';
import { asRecorded, isOfChild } from '../../../../src/extension/debug/recordable';

const given = (more: object) => ({ name: 'x', type: 'debugpy', request: 'launch', ...more });

describe("a configuration of the Python debugger's", () => {
  it('is recorded as it is', () => {
    const plain = given({ program: '${file}', args: ['a'], env: { A: 'b' }, preLaunchTask: 'build', django: true });
    assert.deepEqual(asRecorded(plain, 'framewire'), { ...plain, type: 'framewire' });
  });

  it('leaves out what only its extension knows, and says in today’s words what was said in old ones', () => {
    const old = given({ type: 'python', module: 'm', pythonPath: '/p', debugAdapterPath: '/d' });
    assert.deepEqual(asRecorded(old, 'framewire'), {
      name: 'x',
      type: 'framewire',
      request: 'launch',
      module: 'm',
      python: '/p',
    });
    const attach = { ...given({ port: 5678 }), request: 'attach' };
    assert.deepEqual(asRecorded(attach, 'framewire').connect, { host: 'localhost', port: 5678 });
  });

  it('belongs to the debugger that its parent has', () => {
    assert.equal(isOfChild({ ...given({ subProcessId: 5 }), request: 'attach' }), true);
    assert.equal(isOfChild({ ...given({ connect: { port: 1 } }), request: 'attach' }), false);
  });
});
