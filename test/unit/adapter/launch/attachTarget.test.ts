import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { isHere, readAttachConfiguration } from '../../../../src/adapter/launch/attachTarget';

describe('what to attach to', () => {
  it('is a debugpy that listens, a process, or a port to wait on', () => {
    const connect = readAttachConfiguration({ connect: { host: 'localhost', port: 5678 }, cwd: '/x' });
    assert.deepEqual(connect.target, { kind: 'connect', address: { host: 'localhost', port: 5678 } });
    assert.deepEqual([connect.command, connect.cwd], [['attach', 'localhost:5678'], resolve('/x')]);
    assert.deepEqual(readAttachConfiguration({ processId: '12' }).target, { kind: 'process', processId: 12 });
    const listen = readAttachConfiguration({ listen: { port: 5 }, processId: null });
    assert.deepEqual([listen.target.kind, listen.command[1]], ['listen', '127.0.0.1:5']);
  });

  it('is one of them, and complete', () => {
    const wrong: [object, RegExp][] = [
      [{}, /exactly one of/],
      [{ processId: 1, connect: { port: 1 } }, /exactly one of/],
      [{ processId: 'x' }, /"processId" must be the number of a process/],
      [{ connect: {} }, /"connect" must have the "host" and "port"/],
      [{ listen: 5 }, /"listen" must have a "port"/],
      [{ processId: 1, wire: { colour: 1 } }, /wire\.colour is not known/],
      [{ processId: 1, cwd: 5 }, /"cwd" must be a string/],
    ];
    for (const [configuration, message] of wrong) {
      assert.throws(() => readAttachConfiguration({ ...configuration }), message);
    }
  });

  it('can be recorded on this machine only', () => {
    const at = (host: string) => isHere(readAttachConfiguration({ connect: { host, port: 1 } }));
    assert.deepEqual(['localhost', '127.0.0.1', '127.0.1.1', '::1', '10.0.0.1', 'example.org'].map(at), [
      true,
      true,
      true,
      true,
      false,
      false,
    ]);
    assert.equal(isHere(readAttachConfiguration({ processId: 1 })), true);
  });
});
