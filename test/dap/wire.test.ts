import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startRefusingServer } from '../../examples/refusing-server.mjs';
import type { FramewireEvents } from '../../src/messages/dap';
import { events, requests } from '../../src/messages/dap';
import { PYTHONS, program } from './harness/programs';
import { type DebugSession, withSession } from './harness/session';

const upload = program('upload.py');
/** Above the server's limit of 5 MB, and below it. */
const TOO_LARGE = 12_444_283;
const SMALL = 100_000;

/** What the adapter sent under its own event names, each checked against its description. */
function framewireEvents<Name extends keyof FramewireEvents>(dap: DebugSession, name: Name): FramewireEvents[Name][] {
  const bodies = dap.client.timeline.filter((message) => message.event === name).map(({ body }) => body);
  for (const body of bodies) assert.equal(events[name].check(body, name), null);
  return bodies;
}

function findingsOf(dap: DebugSession): FramewireEvents['framewireFindings'] {
  const all = framewireEvents(dap, 'framewireFindings');
  assert.equal(all.length, 1, dap.client.story());
  dap.client.expectOrder('framewireCapture', 'initialized', 'framewireExchanges', 'framewireFindings', 'terminated');
  return all[0] as FramewireEvents['framewireFindings'];
}

/** The last that was told of each exchange. */
function exchangesOf(dap: DebugSession) {
  const latest = new Map(
    framewireEvents(dap, 'framewireExchanges').flatMap(({ exchanges }) => exchanges.map((each) => [each.id, each])),
  );
  return [...latest.values()];
}

/** Where this Python's http.client hands bytes to a socket. */
function sendIn(python: string): { path: string; line: number } {
  const path = execFileSync(python, ['-c', 'import http.client; print(http.client.__file__)'], {
    encoding: 'utf8',
  }).trim();
  const line = readFileSync(path, 'utf8')
    .split('\n')
    .findIndex((text) => text.includes('self.sock.sendall(data)'));
  assert.ok(line > 0);
  return { path, line: line + 1 };
}

describe('the wire of a debugged program', () => {
  let server: Awaited<ReturnType<typeof startRefusingServer>>;
  before(async () => {
    server = await startRefusingServer();
  });
  after(() => server.stop());

  const args = (size: number, ...more: string[]) => [`${server.plainUrl}/upload?token=hush`, String(size), ...more];

  for (const python of PYTHONS) {
    it(`tells on Python ${python.version} that the server refused the upload`, () =>
      withSession(async (dap) => {
        await dap.start({ program: upload, python, configuration: { args: args(TOO_LARGE) } });
        assert.equal(await dap.ended(), 0);
        assert.match(dap.client.outputOf('stdout'), /^failed: .*(reset|pipe)/i);

        const { findings, folder, exchanges, report } = findingsOf(dap);
        assert.equal(exchanges, 1);
        assert.deepEqual(
          findings.map(({ side, severity }) => [side, severity]),
          [['server', 'error']],
        );
        assert.match(findings[0]?.title ?? '', /413|refused/);
        assert.match(report, /413 Request Entity Too Large/);
        assert.equal(dap.client.outputOf('important').trim(), report.trim());

        const [exchange] = exchangesOf(dap);
        assert.ok(exchange);
        assert.equal(exchange.method, 'POST');
        assert.match(exchange.url ?? '', /\/upload\?token=•••$/);
        assert.deepEqual([exchange.status, exchange.readByProgram, exchange.live], [413, false, false]);
        assert.deepEqual([exchange.finding?.id, exchange.unreadReply], [findings[0]?.id, true]);
        const told = framewireEvents(dap, 'framewireExchanges').at(-1);
        const stack = told?.stacks[told.exchanges[0]?.stack ?? -1] ?? [];
        const { file, line } = stack.find(({ own }) => own) ?? {};
        assert.deepEqual([file, line], [exchange.initiator?.file, exchange.initiator?.line]);
        assert.equal(exchange.bytes.announced, TOO_LARGE);
        assert.ok((exchange.bytes.accepted ?? 0) < TOO_LARGE);
        assert.deepEqual(
          [exchange.initiator?.file, exchange.initiator?.line, exchange.initiator?.function],
          [upload.path, upload.line('sends'), 'upload'],
        );
        const manifest = JSON.parse(readFileSync(`${folder}/capture.json`, 'utf8'));
        assert.equal(manifest.exitCode, 0);
        assert.ok(manifest.ended);
        assert.doesNotMatch(
          JSON.stringify(dap.client.timeline.filter(({ event }) => event?.startsWith('framewire'))),
          /hush/,
        );
        await dap.disconnect();
      }));
  }

  it('is recorded inside TLS as well', () =>
    withSession(async (dap) => {
      const certificate = join(dap.folder, 'certificate.pem');
      writeFileSync(certificate, server.certificate);
      const configuration = {
        args: [`${server.tlsUrl}/upload`, String(TOO_LARGE)],
        env: { SSL_CERT_FILE: certificate },
      };
      await dap.start({ program: upload, configuration });
      assert.equal(await dap.ended(), 0);
      const { findings } = findingsOf(dap);
      assert.deepEqual(
        findings.map(({ side, severity }) => [side, severity]),
        [['server', 'error']],
      );
      const [exchange] = exchangesOf(dap);
      assert.deepEqual([exchange?.status, exchange?.readByProgram], [413, false]);
      assert.match(exchange?.url ?? '', /^https:/);
      assert.match(dap.client.outputOf('important'), /TLS 1\.3/);
      await dap.disconnect();
    }));

  for (const python of PYTHONS) {
    it(`does not show the probe to one who steps into a send on Python ${python.version}`, () =>
      withSession(async (dap) => {
        const { path, line } = sendIn(python.path);
        await dap.initialize();
        await dap.launch({
          program: upload,
          python,
          configuration: { args: args(SMALL), justMyCode: false },
          beforeRunning: async () => {
            await dap.client.request('setBreakpoints', { source: { path }, breakpoints: [{ line }] });
          },
        });
        const { threadId, frames } = await dap.stopped('breakpoint');
        assert.equal(frames[0].source.path, path);
        await dap.client.request('stepIn', { threadId });
        const after = await dap.stopped('step');
        for (const { source } of after.frames) assert.doesNotMatch(source.path, /framewire_probe/);
        await dap.client.request('setBreakpoints', { source: { path }, breakpoints: [] });
        await dap.client.request('continue', { threadId });
        assert.equal(await dap.ended(), 0);
        assert.equal(dap.client.outputOf('stdout'), 'reply 201\n');
        dap.client.outputOf('console');
        await dap.disconnect();
      }));
  }

  it('gives no finding for an upload that went well', () =>
    withSession(async (dap) => {
      await dap.start({ program: upload, configuration: { args: args(SMALL) } });
      assert.equal(await dap.ended(), 0);
      assert.equal(dap.client.outputOf('stdout'), 'reply 201\n');
      const { findings, exchanges } = findingsOf(dap);
      assert.deepEqual(findings, []);
      assert.equal(exchanges, 1);
      assert.equal(dap.client.outputOf('important'), '');
      dap.client.outputOf('console');
      await dap.disconnect();
    }));

  it('is recorded without debugging, too', () =>
    withSession(async (dap) => {
      await dap.start({ program: upload, configuration: { args: args(TOO_LARGE), noDebug: true } });
      assert.equal(await dap.ended(), 0);
      assert.match(dap.client.outputOf('important'), /413 Request Entity Too Large/);
      await dap.disconnect();
    }));

  it('is recorded where Python ignores its environment', () =>
    withSession(async (dap) => {
      const python = [dap.configuration({}).python, '-I'];
      await dap.start({ program: upload, python, configuration: { args: args(TOO_LARGE) } });
      assert.equal(await dap.ended(), 0);
      assert.match(dap.client.outputOf('important'), /413 Request Entity Too Large/);
      await dap.disconnect();
    }));

  it('is recorded in child processes, into the same capture', () =>
    withSession(async (dap) => {
      await dap.start({ program: upload, configuration: { args: args(SMALL, 'again'), subProcess: false } });
      assert.equal(await dap.ended(), 0);
      assert.equal(dap.client.outputOf('stdout'), 'reply 201\nreply 201\n');
      const { exchanges } = findingsOf(dap);
      assert.equal(exchanges, 2);
      assert.equal(new Set(exchangesOf(dap).map(({ pid }) => pid)).size, 2);
      dap.client.outputOf('console');
      await dap.disconnect();
    }));

  for (const kind of ['integrated', 'external']) {
    it(`is recorded in an ${kind} terminal, in the program and its children`, () =>
      withSession(async (dap) => {
        const terminal = dap.terminal();
        const configuration = { args: args(SMALL, 'again'), subProcess: false, console: `${kind}Terminal` };
        await dap.start({ program: upload, configuration });
        assert.equal(await dap.ended(), 0);
        assert.equal(await terminal.output(), 'reply 201\nreply 201\n');
        const asked = dap.client.timeline.find(
          ({ type, command }) => type === 'request' && command === 'runInTerminal',
        );
        assert.equal(asked?.arguments?.kind, kind);
        assert.equal(findingsOf(dap).exchanges, 2);
        assert.equal(new Set(exchangesOf(dap).map(({ pid }) => pid)).size, 2);
        dap.client.outputOf('console');
        await dap.disconnect();
      }));
  }

  it('answers for the capture while the program is stopped', () =>
    withSession(async (dap) => {
      await dap.start({
        program: upload,
        configuration: { args: args(TOO_LARGE, 'raise'), justMyCode: false },
        exceptionFilters: ['uncaught'],
      });
      const { threadId, frames } = await dap.stopped('exception');
      for (const { source } of frames) assert.doesNotMatch(source.path, /framewire_probe/);

      const full = await dap.client.request('framewireReport');
      assert.equal(requests.framewireReport.body.check(full, 'body'), null);
      const [exchange] = full.report.exchanges;
      assert.equal(exchange.response.status, 413);
      assert.match(full.text, /413 Request Entity Too Large/);
      assert.doesNotMatch(JSON.stringify(full), /hush/);
      const revealed = await dap.client.request('framewireReport', { reveal: true });
      assert.match(JSON.stringify(revealed.report), /Bearer hush-hush/);

      const read = { exchange: exchange.id, direction: 'down', part: 'head', start: 0, length: 1000 };
      const head = await dap.client.request('framewireReadBytes', read);
      assert.equal(requests.framewireReadBytes.body.check(head, 'body'), null);
      assert.match(Buffer.from(head.data, 'base64').toString(), /^HTTP\/1\.1 413 /);
      assert.equal(Buffer.from(head.data, 'base64').length, head.size);
      assert.match(await dap.client.refused('framewireReadBytes', { ...read, exchange: 'x' }), /no exchange x/);
      assert.match(
        await dap.client.refused('framewireReadBytes', { ...read, length: -1 }),
        /arguments\.length must be/,
      );

      await dap.client.request('continue', { threadId });
      assert.equal(await dap.ended(), 1);
      assert.match(dap.client.outputOf('stderr'), /URLError/);
      assert.match(dap.client.outputOf('important'), /413/);
      await dap.disconnect();
    }));

  it('is kept when the client goes away in the middle', () =>
    withSession(async (dap) => {
      const configuration = { args: args(TOO_LARGE, 'raise'), wire: { captureFolder: 'kept' } };
      await dap.start({ program: upload, configuration, exceptionFilters: ['uncaught'] });
      await dap.stopped('exception');
      dap.client.end();
      await dap.client.closed();
      const kept = `${dap.folder}/kept`;
      assert.ok(readdirSync(kept).some((name) => name.endsWith('.fwp')));
      assert.ok(JSON.parse(readFileSync(`${kept}/capture.json`, 'utf8')).ended);
    }));

  it('is not recorded where no capture can be written, and the program runs all the same', () =>
    withSession(
      async (dap) => {
        await dap.start({ program: upload, configuration: { args: args(SMALL) } });
        assert.equal(await dap.ended(), 0);
        assert.equal(dap.client.outputOf('stdout'), 'reply 201\n');
        assert.match(
          dap.client.outputOf('important'),
          /nothing of this session's network side is recorded\. The capture cannot/,
        );
        const [{ folder, problem } = { folder: '', problem: '' }] = framewireEvents(dap, 'framewireCapture');
        assert.equal(folder, null);
        assert.match(problem ?? '', /cannot be written to .*\.framewire or /);
        await dap.disconnect();
      },
      {
        prepare: (folder) => {
          writeFileSync(join(folder, '.framewire'), 'a file where the folder should be');
          return { env: { XDG_STATE_HOME: '/dev/null' } };
        },
      },
    ));

  it('is left alone with "wire.enabled": false', () =>
    withSession(async (dap) => {
      await dap.start({ program: upload, configuration: { args: args(SMALL), wire: { enabled: false } } });
      assert.equal(await dap.ended(), 0);
      assert.deepEqual(
        dap.client.timeline.filter(({ event }) => event?.startsWith('framewire')),
        [],
      );
      assert.equal(existsSync(`${dap.folder}/.framewire`), false);
      await dap.disconnect();
    }));
});
