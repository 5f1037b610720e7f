import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { startRefusingServer } from '../../examples/refusing-server.mjs';
import { closedPort } from '../support/servers.mjs';
import type { Body } from './harness/client';
import { type Program, program } from './harness/programs';
import { type DebugSession, gone, withSession } from './harness/session';
import {
  DEFAULTS,
  goOn,
  frameNames as names,
  setWireBreakpoints,
  TRACED,
  type WireSetup,
  wireStop,
} from './harness/wireStops';

const upload = program('upload.py');
const exchanges = program('exchanges.py');
const tracebacks = program('tracebacks.py');
const TOO_LARGE = 12_444_283;

describe('wire breakpoints', () => {
  let refusing: Awaited<ReturnType<typeof startRefusingServer>>;
  /** A server that gives every head that arrives to `serve`. */
  let server: Server;
  let host = '';
  let serve: (socket: Socket, head: string) => void;
  const connections = new Set<Socket>();
  before(async () => {
    refusing = await startRefusingServer();
    server = createServer((socket) => {
      let text = '';
      connections.add(socket);
      socket.on('error', () => socket.destroy());
      socket.on('data', (chunk) => {
        if (text.includes('\r\n\r\n')) return;
        text += chunk.toString('latin1');
        if (text.includes('\r\n\r\n')) serve(socket, text);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    assert.ok(address && typeof address === 'object');
    host = `127.0.0.1:${address.port}`;
  });
  after(async () => {
    await refusing.stop();
    for (const connection of connections) connection.destroy();
    await new Promise((resolve) => server.close(resolve));
  });

  async function start(
    dap: DebugSession,
    of: Program,
    args: string[],
    setup: WireSetup,
    more: Body = {},
  ): Promise<void> {
    const { python, configuration, ...rest } = more;
    await dap.start({
      program: of,
      python,
      configuration: { args, ...configuration },
      beforeRunning: () => setWireBreakpoints(dap, setup),
      ...rest,
    });
  }

  const uploading = (...more: string[]) => [`${refusing.plainUrl}/upload?token=hush`, String(TOO_LARGE), ...more];

  it('leave the traceback that the program prints as it is', async () => {
    const tracebacks: string[] = [];
    for (const setup of [{}, DEFAULTS]) {
      await withSession(async (dap) => {
        await start(dap, upload, uploading('raise'), setup);
        for (let stops = setup === DEFAULTS ? 3 : 0; stops > 0; stops--) {
          await goOn(dap, (await wireStop(dap)).stopped.threadId);
        }
        assert.equal(await dap.ended(), 1);
        const errno = /\[Errno (104|32)\] (Connection reset by peer|Broken pipe)|(BrokenPipe|ConnectionReset)Error/g;
        tracebacks.push(dap.client.outputOf('stderr').replace(errno, '<lost>'));
        dap.client.outputOf('important');
        await dap.disconnect();
      });
    }
    assert.match(tracebacks[0] ?? '', /URLError: <urlopen error <lost>>/);
    assert.equal(tracebacks[1], tracebacks[0]);
  });

  for (const python of TRACED) {
    it(`show no frame of the probe in the exception's traceback, on Python ${python.version}`, async () => {
      const printed: string[] = [];
      const frames = (trace: string) => `" ".join(f.filename for f in __import__("traceback").extract_tb(${trace}))`;
      // up to 3.10 the interpreter keeps the traceback of what is being handled apart from the exception
      const modern = Number(python.version.split('.')[1]) >= 11;
      const traces = ['$exception.__traceback__', ...(modern ? ['__import__("sys").exc_info()[2]'] : [])];
      for (const setup of [{}, DEFAULTS]) {
        await withSession(async (dap) => {
          await start(dap, tracebacks, uploading(), setup, { python });
          for (let stops = setup === DEFAULTS ? 3 : 0; stops > 0; stops--) {
            const { stopped, frames: stack } = await wireStop(dap);
            for (const trace of traces) {
              const body = { expression: frames(trace), frameId: stack[0].id, context: 'repl' };
              const { result } = await dap.client.request('evaluate', body);
              assert.match(result, /\.py/, trace);
              assert.doesNotMatch(result, /framewire_probe/, trace);
            }
            await goOn(dap, stopped.threadId);
          }
          assert.equal(await dap.ended(), 0);
          printed.push(dap.client.outputOf('stdout'));
          dap.client.outputOf('important');
          await dap.disconnect();
        });
      }
      for (const way of ['format_exc', 'exc_info', 'reason', 'logging']) {
        assert.match(printed[0] ?? '', new RegExp(`^${way} .*do_open`, 'm'));
      }
      if (modern) assert.doesNotMatch(printed[0] ?? '', /sending|scopes/, 'a frame of the probe');
      assert.equal(printed[1], printed[0]);
    });
  }

  it("put the user's own frame on top when asked to, and go beside the user's own breakpoints", () =>
    withSession(async (dap) => {
      const setup: WireSetup = { filters: [{ id: 'wire.failed' }], topFrame: 'program' };
      await start(dap, upload, uploading(), setup, { breakpoints: { sends: true } });
      const own = await dap.stopped('breakpoint');
      assert.equal(own.frames[0].line, upload.line('sends'));
      await goOn(dap, own.threadId);
      const { frames, stopped } = await wireStop(dap);
      assert.deepEqual([frames[0].name, frames[0].line, frames.length], ['upload', upload.line('sends'), 2]);
      await goOn(dap, stopped.threadId);
      assert.equal(await dap.ended(), 0);
      dap.client.outputOf('important');
      await dap.disconnect();
    }));

  it('stop over TLS, too', () =>
    withSession(async (dap) => {
      const certificate = join(dap.folder, 'certificate.pem');
      writeFileSync(certificate, refusing.certificate);
      const configuration = { env: { SSL_CERT_FILE: certificate } };
      const args = [`${refusing.tlsUrl}/upload`, String(TOO_LARGE)];
      await start(dap, upload, args, { filters: [{ id: 'wire.failed' }] }, { configuration });
      const { told, frames, stopped } = await wireStop(dap);
      assert.deepEqual(names(frames, 1), ['send client.py']);
      assert.match(told.text, /after the server had already replied 413 Request Entity Too Large$/);
      await goOn(dap, stopped.threadId);
      assert.equal(await dap.ended(), 0);
      dap.client.outputOf('important');
      await dap.disconnect();
    }));

  /** Runs one of the programs' exchanges and goes on from the only stop there must be. */
  async function oneStop(args: string[], id: string, condition?: string, more: Body = {}) {
    let found: Awaited<ReturnType<typeof wireStop>> | undefined;
    let output = '';
    await withSession(async (dap) => {
      await start(dap, exchanges, args, { filters: [{ id, condition }] }, more);
      found = await wireStop(dap);
      assert.equal(found.told.breakpoint, id);
      await goOn(dap, found.stopped.threadId);
      assert.equal(await dap.ended(), 0);
      output = dap.client.outputOf('stdout');
      dap.client.outputOf('important');
      await dap.disconnect();
    });
    assert.ok(found);
    return { ...found, output };
  }

  const answer = (status: string, body = '') => {
    serve = (socket) =>
      socket.end(`HTTP/1.1 ${status}\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`);
  };

  it('stop at an error status that the program reads', async () => {
    answer('404 Not Found');
    const { told, frames, output } = await oneStop(
      ['get', host, '/nothing?q=1'],
      'wire.errorStatusRead',
      'status == 404',
    );
    assert.equal(told.text, '127.0.0.1 replied 404 Not Found to GET /nothing');
    assert.match(names(frames, 1)[0] ?? '', /client\.py$/);
    assert.equal(told.exception, null);
    assert.equal(output, 'status 404\n');
  });

  it('stop at an error status that the program never reads, where it closes', async () => {
    answer('503 Service Unavailable');
    const { told, frames, output } = await oneStop(['unread', host], 'wire.errorStatusUnread');
    assert.equal(
      told.text,
      'example.org replied 503 Service Unavailable to GET /unread, which the program has not read',
    );
    assert.deepEqual([frames[0].name, frames[0].line], ['unread', exchanges.line('closes')]);
    assert.equal(output, 'closed\n');
  });

  it('stop at the first bytes of a request', async () => {
    answer('200 OK');
    const { told, frames } = await oneStop(['get', host, '/hello'], 'wire.requestSent', 'path == "/hello"');
    assert.equal(told.text, 'Sending GET /hello to 127.0.0.1');
    assert.deepEqual(names(frames, 1), ['send client.py']);
  });

  it('stop when a connection stands', async () => {
    answer('200 OK');
    const port = Number(host.split(':')[1]);
    const { told, frames } = await oneStop(['get', host, '/'], 'wire.connectionOpened', `port == ${port}`);
    assert.equal(told.text, `Connected to 127.0.0.1, port ${port}`);
    assert.equal(names(frames, 1)[0], 'connect client.py');
  });

  it('stop at a reply that took long', async () => {
    serve = (socket) => setTimeout(() => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n'), 120);
    const { told, output } = await oneStop(['get', host, '/'], 'wire.slowReply', 'elapsed > 100ms');
    assert.match(told.text, /^127\.0\.0\.1 took \d+\.\d s to reply 200 OK to GET \/$/);
    assert.equal(output, 'reply 200\n');
  });

  it('stop at a reply that comes before the request is sent', async () => {
    serve = (socket, head) => {
      const reply = () => socket.write('HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n');
      if (head.endsWith('x')) reply();
      else socket.once('data', reply);
    };
    const { told, frames, output } = await oneStop(['early', host], 'wire.earlyReply');
    assert.equal(told.text, '127.0.0.1 replied 400 Bad Request before the whole request was sent');
    assert.deepEqual(names(frames, 2), ['send client.py', 'early exchanges.py']);
    assert.ok([exchanges.line('first'), exchanges.line('second')].includes(frames[1].line));
    assert.equal(output, 'status 400\n');
  });

  describe('at a reply that comes early, to a body in one piece', () => {
    const EARLY = 'HTTP/1.1 413 Request Entity Too Large\r\nContent-Length: 0\r\n\r\n';
    /** Lets `reply` have the connection once the body has begun to come, of which no more is taken: its sender is held up. */
    const inTheBody = (reply: (socket: Socket) => void) => {
      serve = (socket, head) => {
        const begun = () => reply(socket.pause());
        if (head.endsWith('x')) begun();
        else socket.once('data', begun);
      };
    };

    for (const python of TRACED) {
      it(`stop when the send returns, on Python ${python.version}`, async () => {
        inTheBody((socket) => {
          socket.write(EARLY);
          setTimeout(() => socket.resume(), 150);
        });
        const { told, frames, output } = await oneStop(['whole', host], 'wire.earlyReply', 'status == 413', { python });
        assert.equal(told.text, '127.0.0.1 replied 413 Request Entity Too Large before the whole request was sent');
        assert.equal(frames.at(-2).line, exchanges.line('whole'));
        const waited = told.exchange?.unreadFor;
        assert.ok(typeof waited === 'number' && waited >= 100, `it had waited for ${waited} ms`);
        assert.equal(output, 'status 413\n');
      });
    }

    it('stop where the send fails', () =>
      withSession(async (dap) => {
        // closing with bytes unread resets the connection
        inTheBody((socket) => socket.end(EARLY, () => socket.destroy()));
        const args = [`http://${host}/upload`, String(TOO_LARGE)];
        await start(dap, upload, args, { filters: [{ id: 'wire.earlyReply' }] });
        const { told, stopped } = await wireStop(dap);
        assert.equal(told.breakpoint, 'wire.earlyReply');
        assert.match(told.text, /^\w+Error: .*, after the server had already replied 413 Request Entity Too Large$/);
        await goOn(dap, stopped.threadId);
        assert.equal(await dap.ended(), 0);
        dap.client.outputOf('important');
        await dap.disconnect();
      }));

    for (const id of ['wire.earlyReply', 'wire.failed']) {
      it(`stop where the program runs out of patience, and tell of the reply, at ${id}`, async () => {
        inTheBody((socket) => socket.write(EARLY));
        const { told, output } = await oneStop(['waits', host], id);
        assert.match(told.text, /^\w+: timed out, after the server had already replied 413 Request Entity Too Large$/);
        assert.equal(told.exchange?.status, 413);
        assert.match(output, /^(TimeoutError|timeout)\n$/);
      });
    }

    it('stop where the program reads it in the middle of its request', async () => {
      inTheBody((socket) => socket.write(EARLY));
      const { told, output } = await oneStop(['between', host], 'wire.earlyReply');
      assert.equal(told.text, '127.0.0.1 replied 413 Request Entity Too Large before the whole request was sent');
      assert.equal(output, 'status 413\n');
    });
  });

  it('take no reply for early that comes to the whole request, however fast', () =>
    withSession(async (dap) => {
      const fast = createHttpServer((request, response) => {
        request.resume();
        request.on('end', () => response.end('ok'));
      });
      await new Promise<void>((resolve) => fast.listen(0, '127.0.0.1', resolve));
      const { port } = fast.address() as AddressInfo;
      await start(dap, exchanges, ['posts', `127.0.0.1:${port}`], { filters: [{ id: 'wire.earlyReply' }] });
      assert.equal(await dap.ended(), 0);
      assert.equal(dap.client.outputOf('stdout'), 'all\n');
      fast.close();
      await dap.disconnect();
    }));

  it('follow a connection that is refused, from http.client to urllib', () =>
    withSession(async (dap) => {
      const auto = ['http.client.connect', 'urllib.do_open', 'urllib.error'] as const;
      const closed = await closedPort();
      await start(dap, upload, [`http://127.0.0.1:${closed}/`, '1'], { auto });
      const seen: unknown[] = [];
      const words: string[] = [];
      for (const name of auto) {
        const { told, frames, stopped } = await wireStop(dap);
        assert.equal(told.breakpoint, name);
        seen.push([told.exception?.type, frames[0].name]);
        words.push(told.text);
        await goOn(dap, stopped.threadId);
      }
      assert.ok(
        words.every((text) => text.endsWith(`, connecting to 127.0.0.1, port ${closed}`)),
        words.join('\n'),
      );
      assert.deepEqual(seen, [
        ['ConnectionRefusedError', 'connect'],
        ['ConnectionRefusedError', 'do_open'],
        ['URLError', 'do_open'],
      ]);
      assert.equal(await dap.ended(), 0);
      dap.client.outputOf('important');
      await dap.disconnect();
    }));

  for (const [what, url, type, words] of [
    [
      'a name that there is not',
      () => 'http://nowhere.invalid/',
      'gaierror',
      /^gaierror: .*, looking up nowhere\.invalid$/,
    ],
    [
      'a certificate that is not trusted',
      () => `${refusing.tlsUrl}/`,
      'SSLCertVerificationError',
      /^SSLCertVerificationError: .*certificate verify failed.*, in the TLS handshake with localhost$/,
    ],
  ] as const) {
    it(`stop by themselves where no connection comes about for ${what}`, () =>
      withSession(async (dap) => {
        const { exceptionBreakpointFilters } = await dap.initialize();
        const defaults = exceptionBreakpointFilters.filter((one: Body) => one.default);
        await dap.launch({
          program: upload,
          configuration: { args: [url(), '1'] },
          exceptionBreakpoints: { filters: defaults.map(({ filter }: Body) => filter) },
        });
        for (const breakpoint of ['http.client.connect', 'urllib.do_open', 'urllib.error']) {
          const { told, stopped } = await wireStop(dap);
          assert.equal(told.breakpoint, breakpoint);
          if (breakpoint === 'urllib.error') assert.equal(told.exception?.chain[1]?.type, type);
          else assert.match(told.text, words);
          await goOn(dap, stopped.threadId);
        }
        assert.equal(await dap.ended(), 0);
        dap.client.outputOf('important');
        dap.client.outputOf('stdout');
        await dap.disconnect();
      }));
  }

  it('stop where http.client finds no reply at all', () =>
    withSession(async (dap) => {
      serve = (socket) => socket.end();
      await start(dap, exchanges, ['silent', host], { auto: ['http.client.send', 'http.client.getresponse'] });
      const { told, frames, stopped } = await wireStop(dap);
      assert.deepEqual([told.breakpoint, told.exception?.type], ['http.client.getresponse', 'RemoteDisconnected']);
      assert.deepEqual(names(frames, 2), ['getresponse client.py', 'silent exchanges.py']);
      await goOn(dap, stopped.threadId);
      assert.equal(await dap.ended(), 0);
      assert.equal(dap.client.outputOf('stdout'), 'RemoteDisconnected\n');
      dap.client.outputOf('important');
      await dap.disconnect();
    }));

  it('do not stop what the user evaluates at a stop', () =>
    withSession(async (dap) => {
      await start(dap, upload, uploading(), DEFAULTS);
      const { frames, stopped } = await wireStop(dap);
      const expression = `__import__('urllib.request').request.urlopen("${refusing.plainUrl}/again", b"x" * ${TOO_LARGE})`;
      const message = await dap.client.refused('evaluate', { expression, frameId: frames.at(-1).id, context: 'repl' });
      assert.match(message, /URLError/);
      await setWireBreakpoints(dap, {});
      await goOn(dap, stopped.threadId);
      assert.equal(await dap.ended(), 0);
      dap.client.outputOf('important');
      await dap.disconnect();
    }));

  it('stop each of two threads that fail at the same time', () =>
    withSession(async (dap) => {
      const address = refusing.plainUrl.replace('http://', '');
      await start(dap, exchanges, ['together', address], { filters: [{ id: 'wire.failed' }] });
      const first = await wireStop(dap);
      await goOn(dap, first.stopped.threadId);
      const second = await wireStop(dap);
      assert.notEqual(second.stopped.threadId, first.stopped.threadId);
      await goOn(dap, second.stopped.threadId);
      assert.equal(await dap.ended(), 0);
      assert.equal(dap.client.outputOf('stdout'), 'failed [1, 2]\n');
      dap.client.outputOf('important');
      await dap.disconnect();
    }));

  it('can be changed while the program runs', () =>
    withSession(async (dap) => {
      let changed = false;
      let asked: () => void = () => undefined;
      const firstAsked = new Promise<void>((resolve) => {
        asked = resolve;
      });
      let stops = 0;
      serve = (socket) => {
        asked();
        const body = stops > 0 ? 'enough' : 'more';
        const status = changed ? '500 Internal Server Error' : '200 OK';
        socket.end(`HTTP/1.1 ${status}\r\nContent-Length: ${body.length}\r\n\r\n${body}`);
      };
      await start(dap, exchanges, ['gets', host], {
        filters: [{ id: 'wire.errorStatusRead', condition: 'status == 404' }],
      });
      await firstAsked;
      await setWireBreakpoints(dap, { filters: [{ id: 'wire.errorStatusRead' }] });
      changed = true;
      const { told, stopped } = await wireStop(dap);
      assert.match(told.text, /replied 500 Internal Server Error to GET \/again/);
      stops++;
      await setWireBreakpoints(dap, {});
      await goOn(dap, stopped.threadId);
      assert.equal(await dap.ended(), 0);
      assert.equal(dap.client.outputOf('stdout'), 'enough\n');
      dap.client.outputOf('important');
      await dap.disconnect();
    }));

  it('that never hold let a hundred thousand sends pass', () =>
    withSession(async (dap) => {
      serve = (socket, head) => {
        // the first of the body may have come with the head
        let received = head.length - (head.indexOf('\r\n\r\n') + 4);
        socket.on('data', (chunk: Buffer) => {
          received += chunk.length;
          if (received >= 6_400_000) socket.end('HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n');
        });
      };
      const condition = 'sent > 0 and host == "nowhere.example"';
      const ids = ['failed', 'errorStatusUnread', 'requestSent', 'earlyReply', 'slowReply'];
      await start(dap, exchanges, ['floods', host], { filters: ids.map((id) => ({ id: `wire.${id}`, condition })) });
      assert.equal(await dap.ended(), 0);
      assert.equal(dap.client.outputOf('stdout'), 'status 201\n');
      dap.client.outputOf('important');
      await dap.disconnect();
    }));

  it('let the program go on when the client leaves at a stop', () =>
    withSession(async (dap) => {
      const out = join(dap.folder, 'out.txt');
      const program = join(dap.folder, 'after.py');
      writeFileSync(
        program,
        `import runpy, sys\nsys.argv = ${JSON.stringify(['upload.py', ...uploading()])}\n` +
          `runpy.run_path(${JSON.stringify(upload.path)})\nopen(${JSON.stringify(out)}, "w").write("went on")\n`,
      );
      await start(dap, { path: program, line: () => 0 }, [], DEFAULTS);
      await wireStop(dap);
      const { processId } = dap;
      await dap.disconnect({ terminateDebuggee: false });
      await gone(processId ?? 0);
      assert.ok(existsSync(out), 'the program came to its end');
      assert.equal(readFileSync(out, 'utf8'), 'went on');
    }));
});
