import assert from 'node:assert/strict';
import { start } from '../../../../src/adapter/launch/start';
import { useTempFolder } from '../../../support/tempFolder';

// what comes after these checks starts a real debugpy: test/dap has it
describe('starting a session', () => {
  const temp = useTempFolder();
  const ask = (command: string, configuration: Record<string, unknown>) =>
    start({ seq: 1, type: 'request', command, arguments: configuration }, new AbortController().signal);

  it('needs to know what to attach to', async () => {
    await assert.rejects(ask('attach', {}), /exactly one of "connect", "listen" and "processId"/);
    const nobody = { connect: { host: '127.0.0.1', port: 1 } };
    await assert.rejects(ask('attach', nobody), /No debugpy answers at 127\.0\.0\.1:1/);
    await assert.rejects(ask('attach', { subProcessId: 5 }), /"connect" must have/);
    await assert.rejects(ask('attach', { subProcessId: 5, wire: 3, connect: { port: 1 } }), /wire must be an object/);
  });

  it('checks the configuration before anything else', async () => {
    await assert.rejects(
      ask('launch', { cwd: temp.path, program: 'no.py', python: '/nowhere' }),
      /There is no file .*no\.py/,
    );
    await assert.rejects(ask('launch', { cwd: temp.path, python: '/nowhere' }), /requested Python was not found/);
  });

  it('starts nothing for a client that has changed its mind', async () => {
    const cancelled = AbortSignal.abort(new Error('changed'));
    const request = {
      seq: 1,
      type: 'request',
      command: 'launch',
      arguments: { cwd: temp.path, code: 'pass' },
    } as const;
    await assert.rejects(start(request, cancelled), /changed|No debugpy/);
  });
});
