import assert from 'node:assert/strict';
import { symlinkSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { startRefusingServer } from '../../examples/refusing-server.mjs';
import { closedPort } from '../support/servers.mjs';
import type { Body } from './harness/client';
import { program } from './harness/programs';
import { withSession } from './harness/session';
import { goOn, TRACED, wireStop } from './harness/wireStops';

const places = program('places.py');
const FILTERS = { filters: ['wire.failed', 'wire.errorStatusUnread', 'wire.errorPath'] };

describe('a session that asks about one place', () => {
  let refusing: Awaited<ReturnType<typeof startRefusingServer>>;
  /** Answers every request with 404. */
  let finding: Server;
  let closed = '';
  before(async () => {
    refusing = await startRefusingServer();
    finding = createServer((socket) => {
      socket.on('data', () => socket.write('HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n'));
      socket.on('error', () => socket.destroy());
    });
    await listening(finding);
    closed = `http://127.0.0.1:${await closedPort()}/`;
  });
  after(async () => {
    await refusing.stop();
    await new Promise((resolve) => finding.close(resolve));
  });

  /** Runs the program with stops in that place only; `expected`: "breakpoint function:line text" of every stop. */
  async function expectStops(expected: string[], place: Body, exceptionBreakpoints: Body, python = TRACED[0]) {
    await withSession(async (dap) => {
      const file = join(dap.folder, 'by another name', 'places.py');
      symlinkSync(join(places.path, '..'), join(dap.folder, 'by another name'));
      const address = finding.address();
      assert.ok(address && typeof address === 'object');
      await dap.start({
        program: places,
        ...(python ? { python } : {}),
        configuration: {
          args: [`${refusing.plainUrl}/upload`, closed, `http://127.0.0.1:${address.port}`],
          wire: { stopAt: [{ file, ...place }] },
        },
        exceptionBreakpoints,
      });
      const seen: string[] = [];
      while (seen.length < expected.length) {
        const { told, frames, stopped } = await wireStop(dap);
        const [top] = frames;
        assert.equal(top.source.presentationHint ?? 'normal', 'normal');
        seen.push(`${told.breakpoint} ${top.name}:${top.line} ${told.exception ? 'exception' : told.text}`);
        await goOn(dap, stopped.threadId);
      }
      assert.equal(await dap.ended(), 0);
      assert.deepEqual(seen, expected);
      assert.equal(
        dap.client.outputOf('stdout'),
        'other URLError\nchosen URLError\nchosen URLError\nother URLError\nchosen URLError\napart 404\n',
      );
      dap.client.outputOf('important');
      await dap.disconnect();
    });
  }

  for (const python of TRACED) {
    it(`stops at its first send and where it fails, on top of the stack, and nowhere else, on ${python.version}`, async () => {
      const at = `chosen:${places.line('chosen')}`;
      const expected = [
        `wire.stopAt ${at} Sending PUT /upload to localhost`,
        `wire.failed ${at} exception`,
        `wire.failed ${at} exception`,
        `http.client.connect ${at} exception`,
      ];
      await expectStops(expected, { line: places.line('chosen'), endLine: places.line('end') }, FILTERS, python);
    });
  }

  it('stops where the reply to what was sent there is read, also with no breakpoint checked', async () => {
    const expected = [
      `wire.stopAt apart:${places.line('asks')} Sending GET /nothing to 127.0.0.1`,
      `wire.errorStatusRead apart:${places.line('hears')} 127.0.0.1 replied 404 Not Found to GET /nothing`,
    ];
    await expectStops(expected, { line: places.line('asks') }, { filters: [] });
  });
});

async function listening(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  assert.ok(address && typeof address === 'object');
  return `127.0.0.1:${address.port}`;
}
