import assert from 'node:assert/strict';
import { joinStacks } from '../../../src/decode/asyncStack';
import { Conversation } from '../../support/conversation';

const LIB = '/usr/lib/python3.11';
const frame = (file: string, name: string, line = 1) => ({ file, function: name, line });
const loop = [
  frame(`${LIB}/asyncio/events.py`, 'Handle._run', 80),
  frame(`${LIB}/asyncio/base_events.py`, 'BaseEventLoop._run_once'),
  frame('/home/me/upload.py', '<module>', 20),
];
const site = `${LIB}/site-packages/aiohttp`;
const asked = [
  frame(`${site}/client_reqrep.py`, 'ClientRequest.send'),
  frame('/home/me/upload.py', 'upload', 7),
  ...loop,
];
const names = (frames: readonly { function: string }[]) => frames.map((one) => one.function);

describe('stacks of asynchronous calls', () => {
  it('are joined where another task sends', () => {
    const sending = [frame(`${LIB}/asyncio/selector_events.py`, '_SelectorSocketTransport._write_ready'), ...loop];
    assert.deepEqual(names(joinStacks(sending, asked)), [
      '_SelectorSocketTransport._write_ready',
      'ClientRequest.send',
      'upload',
      'Handle._run',
      'BaseEventLoop._run_once',
      '<module>',
    ]);
  });

  it('are left as they are in the task that asked, also at another line', () => {
    const sending = [
      frame(`${site}/http_writer.py`, 'StreamWriter.write'),
      frame('/home/me/upload.py', 'upload', 9),
      ...loop,
    ];
    assert.equal(joinStacks(sending, asked), sending);
  });

  it('are left as they are without an event loop, or with nobody who asked', () => {
    const sending = [frame(`${LIB}/http/client.py`, 'send'), frame('/home/me/upload.py', '<module>')];
    assert.equal(joinStacks(sending, asked), sending);
    assert.equal(joinStacks(loop, asked), loop, 'the loop itself');
    const called = [frame('/home/me/upload.py', 'later'), ...loop];
    assert.equal(joinStacks(called, []), called);
  });

  it('know the callback without its qualified name, and on another system', () => {
    const callback = frame('C:\\Python38\\Lib\\asyncio\\events.py', '_run');
    const sending = [frame('C:\\Python38\\Lib\\asyncio\\selector_events.py', 'write'), callback];
    assert.deepEqual(names(joinStacks(sending, asked)).slice(0, 2), ['write', 'ClientRequest.send']);
  });

  it('make the asking line the initiator of the request that begins there, and of no other', async () => {
    const talk = new Conversation();
    talk.connect();
    const stack = (frames: readonly { file: string; function: string; line: number }[]) =>
      talk.stack(...frames.map(({ file, function: name, line }) => ({ file, name, line })));
    const first = 'GET /1 HTTP/1.1\r\nHost: a\r\n\r\n';
    const id = stack(asked);
    talk.json('request', { socket: talk.socketId, thread: 1, stack: id, layer: 0, offset: first.length });
    stack([frame(`${site}/client_reqrep.py`, 'ClientRequest.write_bytes'), ...loop]);
    talk.send(first);
    talk.receive('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n');
    talk.send(first);
    const exchanges = await talk.exchanges();
    assert.deepEqual(
      exchanges.map(({ frames, initiator }) => frames[initiator]?.line),
      [20, 7],
    );
  });
});
