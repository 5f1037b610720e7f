/** The timeline of one long send, while it runs and afterwards: on captures of a real program and a server that reads slowly. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmSync, watch, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCapture } from '../../src/launch/captureFolder';
import { probeEnvironment } from '../../src/launch/environment';
import { checkout } from '../support/checkout';
import { PYTHON, panelSuite } from './support/suite';

const SIZE = 30_000_000;
const REFUSAL = 'HTTP/1.1 413 Request Entity Too Large\r\nServer: slow\r\nContent-Length: 9\r\n\r\ntoo large';
/** Parts of the body that are read before the reply, and before the end: each when another sample was written. */
const BEFORE_REPLY = 6;
const BEFORE_END = 12;
const PART = 384 << 10;

/** The example uploader in the middle of its only big send; what is read of it is up to the test. */
class LongSend {
  private readonly home = mkdtempSync(join(tmpdir(), 'framewire-long-'));
  private readonly server = createServer({ pauseOnConnect: true, highWaterMark: 65_536 });
  private socket: Socket | null = null;
  private child: ReturnType<typeof spawn> | null = null;
  private finish: Awaited<ReturnType<typeof createCapture>>['finish'] | null = null;
  folder = '';

  async start(): Promise<void> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    const capture = await createCapture({ folder: join(this.home, 'capture'), cwd: checkout, command: ['upload'] });
    this.folder = capture.folder;
    this.finish = capture.finish.bind(capture);
    const file = join(this.home, 'recording.bin');
    writeFileSync(file, Buffer.alloc(SIZE, 'framewire '));
    const url = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/api/recordings`;
    const env = probeEnvironment(process.env, { captureFolder: capture.folder });
    const connected = once(this.server, 'connection');
    this.child = spawn(PYTHON, [join(checkout, 'examples/upload.py'), url, file], { env, stdio: 'ignore' });
    [this.socket] = (await connected) as [Socket];
    this.socket.on('error', () => undefined); // it is cut in the end
  }

  /** Reads on, a part whenever the capture has grown: while the program is in its send, a sample makes it grow. */
  async read(parts: number): Promise<void> {
    const { socket } = this;
    assert.ok(socket);
    for (let part = 0; part < parts; part += 1) {
      await this.grown();
      for (let left = PART; left > 0; ) {
        const data = once(socket, 'data');
        socket.resume();
        left -= ((await data) as [Buffer])[0].length;
        socket.pause();
      }
    }
  }

  private async grown(): Promise<void> {
    const [name] = readdirSync(this.folder).filter((one) => one.endsWith('.fwp'));
    assert.ok(name);
    const watcher = watch(join(this.folder, name));
    await once(watcher, 'change');
    watcher.close();
  }

  reply(): void {
    this.socket?.write(REFUSAL);
  }

  /** Cuts the connection; resolves when the program has ended. */
  async cut(): Promise<void> {
    const { child, socket, finish } = this;
    assert.ok(child && socket && finish);
    const ended = once(child, 'close');
    socket.destroy();
    const [exitCode] = await ended;
    await finish({ exitCode, signal: null });
  }

  dispose(): void {
    this.child?.kill();
    this.socket?.destroy();
    this.server.close();
    if (existsSync(this.home)) rmSync(this.home, { recursive: true, force: true });
  }
}

describe('bytes over time of one long send', () => {
  const suite = panelSuite();
  const upload = new LongSend();
  before(() => upload.start());
  after(() => upload.dispose());

  it('grow while it runs, show the reply when it comes, and keep its place', async () => {
    await upload.read(BEFORE_REPLY);
    const { page, screenshot } = await suite.open(upload.folder);
    const plot = page.locator('.timeline-plot');
    await plot.waitFor();
    const dots = page.locator('.timeline-plot .curve-dot');
    await dots.nth(2).waitFor({ state: 'attached' });
    const early = await dots.count();
    const rows = page.getByRole('row', { name: /POST/ }).first();
    const text = () => rows.textContent();
    const row = await text();
    upload.reply();
    await upload.read(BEFORE_END - BEFORE_REPLY);
    await page.locator('.timeline-plot text.moment-reply', { hasText: 'unread' }).waitFor();
    await dots.nth(early).waitFor({ state: 'attached' });
    await page.locator('path.curve-received').waitFor({ state: 'attached' });
    // what the buffers take at once may be shown already: it goes on with what is read
    for (let more = 0; (await text()) === row && more < 30; more += 1) await upload.read(1);
    assert.notEqual(await text(), row, 'the row stands still');
    await screenshot('long-send-running');

    await upload.cut();
    await page.locator('.timeline-plot text.moment-reply', { hasText: '413' }).waitFor();
    await page.locator('.timeline-plot text.moment-error').waitFor();
    const place = async (kind: string) => Number(await page.locator(`line.moment-${kind}`).getAttribute('x1'));
    assert.ok((await place('reply')) < (await place('error')) - 20, 'the reply came in the middle of the send');
    for (const name of ['accepted', 'acknowledged']) {
      const path = (await page.locator(`path.curve-${name}`).getAttribute('d')) ?? '';
      const heights = [...path.matchAll(/L[\d.]+ ([\d.]+)/g)].map((match) => Number(match[1]));
      // nothing, what the kernel took at once, and more
      assert.ok(new Set(heights).size > 2, `${name} in one step: ${path}`);
      for (const [index, height] of heights.entries()) assert.ok(height <= (heights[index - 1] ?? height), 'it falls');
    }
    await screenshot('long-send-refused');
  });
});
