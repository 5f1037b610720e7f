import assert from 'node:assert/strict';
import { encodeMessage } from '../../src/adapter/proxy/framing';
import { debugpyOf } from './harness/processes';
import { program } from './harness/programs';
import { type DebugSession, gone, withSession } from './harness/session';

const waiting = (dap: DebugSession) => dap.client.event('output', (body) => body.output.startsWith('waiting'));

describe('the end of a session', () => {
  it('answers every request when debugpy is killed, and leaves no program behind', () =>
    withSession(async (dap) => {
      await dap.start({ program: program('waits.py') });
      await waiting(dap);
      const debugpy = debugpyOf(dap);
      process.kill(debugpy, 'SIGSTOP');
      const asked = ['threads', 'modules', 'unheardOf'].map((command) => dap.client.refused(command));
      process.kill(debugpy, 'SIGKILL');
      for (const message of await Promise.all(asked))
        assert.match(message, /^debugpy was ended by SIGKILL, unexpectedly/);
      await dap.client.event('terminated');
      assert.match(dap.client.outputOf('important'), /debugpy was ended by SIGKILL, unexpectedly/);
      assert.match(await dap.client.refused('threads'), /has ended/);
      await dap.disconnect();
      await gone(debugpy);
    }));

  it('succeeds in disconnecting from a debugpy that hangs', () =>
    withSession(async (dap) => {
      await dap.start({ program: program('waits.py') });
      await waiting(dap);
      process.kill(debugpyOf(dap), 'SIGSTOP');
      await dap.client.request('disconnect');
      await dap.client.event('terminated');
      await dap.client.closed();
    }));

  it('tells when the program was killed', () =>
    withSession(async (dap) => {
      await dap.start({ program: program('waits.py') });
      await waiting(dap);
      process.kill(dap.processId ?? 0, 'SIGKILL');
      // debugpy gives the lowest byte of -9
      assert.equal(await dap.ended(), 247);
      await dap.disconnect();
    }));

  it('ends the program on terminate', () =>
    withSession(async (dap) => {
      await dap.start({ program: program('waits.py') });
      await waiting(dap);
      await dap.client.request('terminate');
      await dap.client.event('terminated');
      // an editor may begin its next run as soon as it is answered
      dap.client.expectOrder('terminated', 'terminate');
      await gone(dap.processId ?? 0);
      await dap.disconnect();
    }));

  it('ends the program on disconnect, stopped or not', () =>
    withSession(async (dap) => {
      await dap.start({ program: program('walk.py'), breakpoints: { first: true } });
      await dap.stopped('breakpoint');
      await dap.client.request('disconnect', { terminateDebuggee: true });
      await dap.client.event('terminated');
      await dap.client.closed();
    }));

  it('ends debugpy and the program when the client goes away', () =>
    withSession(async (dap) => {
      await dap.start({ program: program('waits.py') });
      await waiting(dap);
      const debugpy = debugpyOf(dap);
      dap.client.end();
      await gone(dap.processId ?? 0);
      await gone(debugpy);
    }));

  it('ends debugpy and the program when the adapter is told to stop', () =>
    withSession(async (dap) => {
      await dap.start({ program: program('waits.py') });
      await waiting(dap);
      process.kill(dap.adapterPid, 'SIGTERM');
      await gone(dap.processId ?? 0);
      await dap.client.closed();
    }));

  it('leaves no program behind when the adapter is killed', () =>
    withSession(
      async (dap) => {
        await dap.start({ program: program('waits.py') });
        await waiting(dap);
        process.kill(dap.adapterPid, 'SIGKILL');
        await gone(dap.processId ?? 0);
      },
      { exit: 'SIGKILL' },
    ));

  it('disconnects before anything was launched', () =>
    withSession(async (dap) => {
      await dap.initialize();
      await dap.disconnect();
    }));

  it('gives up a launch that the client does not want any more', () =>
    withSession(async (dap) => {
      await dap.initialize();
      const launch = dap.client.refused('launch', dap.configuration({ program: program('waits.py') }));
      await dap.client.request('disconnect');
      assert.match(await launch, /cancelled|aborted|ended/i);
      await dap.client.closed();
    }));
});

describe('messages that do not fit', () => {
  it('are answered when they are requests, and the session goes on', () =>
    withSession(async (dap) => {
      dap.client.sendRaw('Content-Length: 5\r\n\r\n{oops');
      dap.client.sendRaw(encodeMessage({ seq: 'one', type: 'request', command: 'threads' }));
      dap.client.sendRaw(encodeMessage({ seq: 1000, type: 'request' }));
      dap.client.sendRaw(encodeMessage([]));
      dap.client.sendRaw(encodeMessage({ seq: 1001, type: 'response', request_seq: 77, success: true, command: 'x' }));
      assert.match((await dap.client.answerTo(1000)).message ?? '', /must have a "command"/);
      assert.match(await dap.client.refused('threads'), /cannot come before "launch"/);
      assert.match(await dap.client.refused('launch', {}), /not initialized/);
      assert.match(await dap.client.refused('framewireReport'), /no capture yet/);
      await dap.start({ program: program('walk.py') });
      assert.match(await dap.client.refused('initialize', {}), /initialized already/);
      assert.match(await dap.client.refused('launch', {}), /started already/);
      assert.match(await dap.client.refused('unheardOf'), /unheardOf|not/i);
      assert.equal(await dap.ended(), 7);
      assert.equal(dap.client.outputOf('important').match(/malformed message/g)?.length, 3);
      assert.equal(dap.client.outputOf('stderr'), 'to the error stream\n');
      await dap.disconnect();
    }));

  for (const [what, bytes] of [
    ['a header without a length', 'Content-Type: text/plain\r\n\r\n{}'],
    ['a length that is none', 'Content-Length: -1\r\n\r\n{}'],
    ['a length beyond all measure', 'Content-Length: 999999999999\r\n\r\n{}'],
    ['a header without an end', `X-${'a'.repeat(10_000)}`],
    ['another protocol', 'GET / HTTP/1.1\r\nHost: localhost\r\n\r\n'],
  ] as const) {
    it(`end the session in order: ${what}`, () =>
      withSession(async (dap) => {
        await dap.start({ program: program('waits.py') });
        await waiting(dap);
        dap.client.sendRaw(bytes);
        await dap.client.closed();
        assert.match(dap.client.outputOf('important'), /malformed/);
        await gone(dap.processId ?? 0);
      }));
  }
});
