import assert from 'node:assert/strict';
import { start } from '../../../../src/adapter/launch/start';
import { useTempFolder } from '../../../support/tempFolder';

// what comes after these checks starts a real debugpy: test/dap has it
describe('starting a session', () => {
  const temp = useTempFolder();
  const ask = (command: string, configuration: Record<string, unknown>) =>
    start({ seq: 1, type: 'request', command, arguments: configuration }, new AbortController().signal);

  it('refuses to attach, except to announced children', async () => {
    await assert.rejects(ask('attach', { processId: 5 }), /not supported by Framewire yet/);
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
