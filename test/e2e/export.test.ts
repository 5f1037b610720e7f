/** Exports of the original case, with tshark as referee. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { Conversation } from '../support/conversation';
import { framewire, Recording, runProgram } from '../support/framewire';
import { findAsciinema, startOriginalCase } from '../support/originalCase.mjs';

describe('the original case in Wireshark', () => {
  let server: Awaited<ReturnType<typeof startOriginalCase>>;
  const asciinema = findAsciinema() ?? 'asciinema';
  before(async () => {
    server = await startOriginalCase();
    server.castPath();
  });
  after(() => server.stop());

  const CHECKS = ['-o', 'tcp.check_checksum:TRUE', '-o', 'ip.check_checksum:TRUE'];

  /** Lines of fields, a tab between. */
  async function dissected(path: string, filter: string, ...fields: string[]): Promise<string[]> {
    const { stdout, stderr, code } = await runProgram('tshark', [
      ...['-r', path, '-Y', filter, ...CHECKS, '-T', 'fields'],
      ...fields.flatMap((field) => ['-e', field]),
    ]);
    assert.equal(code, 0, stderr);
    return stdout.split('\n').filter((line) => line.trim() !== '');
  }

  const FAULTS =
    '_ws.malformed || tcp.checksum.status == 0 || ip.checksum.status == 0 || tcp.analysis.lost_segment || ' +
    'tcp.analysis.ack_lost_segment || tcp.analysis.retransmission || tcp.analysis.out_of_order || tcp.analysis.window_full';

  for (const kind of ['plain', 'tls'] as const) {
    it(`is an upload that was refused, with the Python lines in comments, over ${kind}`, async () => {
      const url = kind === 'tls' ? server.tlsUrl : server.plainUrl;
      const recording = await Recording.of([asciinema, 'upload', server.castPath()], { env: server.environment(url) });
      try {
        const path = join(recording.folder, 'case.pcapng');
        const { code, stderr } = await framewire(['export', '--format', 'pcapng', '-o', path, recording.capture]);
        assert.equal(code, 0, stderr);
        assert.deepEqual(await dissected(path, FAULTS, 'frame.number', '_ws.col.Info'), []);
        assert.deepEqual(await dissected(path, 'http.response', 'http.response.code'), ['413']);
        const { port } = new URL(url);
        assert.deepEqual(await dissected(path, 'tcp.flags.syn == 1 && tcp.flags.ack == 0', 'tcp.dstport'), [port]);
        const comments = (await dissected(path, 'frame.comment', 'frame.comment')).join('\n');
        assert.match(
          comments,
          /sendall, [\d,]+ B handed over.* by .*urllib_http_adapter\.py:\d+ \S*post, through .*http\/client\.py/,
        );
        assert.match(comments, /Error\(\d+\) in sendall/);
        assert.match(comments, /Reply 413 never read by the program/);
        assert.match(comments, /Finding: The server refused the body/);
        assert.match(comments, /never accepted by the kernel/);
      } finally {
        recording.dispose();
      }
    });
  }

  it('has a gap where bytes were not recorded, and plaintext on the port of TLS', async () => {
    const talk = new Conversation();
    try {
      talk.connect('192.0.2.7', 443, { localAddress: '192.0.2.1', localPort: 50_000 });
      talk.tls();
      talk.send('POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 200000\r\n\r\n');
      talk.send(Buffer.alloc(50_000, 'x'), { size: 200_000 });
      talk.receive('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok');
      talk.close();
      talk.end();
      const path = join(talk.folder.path, 'gap.pcapng');
      const { code, stderr } = await framewire(['export', '--format', 'pcapng', '-o', path, talk.folder.path]);
      assert.equal(code, 0, stderr);
      assert.deepEqual(await dissected(path, FAULTS, 'frame.number', '_ws.col.Info'), []);
      assert.deepEqual(await dissected(path, 'http.response', 'http.response.code'), ['200']);
      assert.deepEqual(
        await dissected(path, 'frame.cap_len < frame.len', 'frame.cap_len', 'frame.len', 'frame.comment'),
        [
          '50040\t65040\tsendall, 200,000 B handed over,15000 bytes of this packet were not recorded: beyond the budget.',
          '40\t65040\t65000 bytes of this packet were not recorded: beyond the budget.',
          '40\t65040\t65000 bytes of this packet were not recorded: beyond the budget.',
          '40\t5040\t5000 bytes of this packet were not recorded: beyond the budget.',
        ],
      );
    } finally {
      talk.folder.remove();
    }
  });
});
