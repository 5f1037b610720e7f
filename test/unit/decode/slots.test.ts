import assert from 'node:assert/strict';
import { ByteRange } from '../../../src/base/byteRange';
import { HttpConnection } from '../../../src/decode/httpConnection';
import { ConnectionSlots, type Slot, slotOperations } from '../../../src/decode/slots';
import type { IoOperation, Layer, Socket } from '../../../src/wire/model';
import { operation, stream, TextSource } from '../../support/bytes';

const GET = 'GET / HTTP/1.1\r\n\r\n';
const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok';

function streams(layer: Layer, up: string, down: string, ...more: IoOperation[]) {
  const sent = operation({ range: new ByteRange(0, up.length), layer, at: 10 });
  const received = operation({ range: new ByteRange(0, down.length), layer, direction: 'down', at: 20 });
  return [
    stream(up ? [sent] : [], { layer, bytes: new TextSource(up) }),
    stream(down ? [received, ...more] : more, { layer, direction: 'down', bytes: new TextSource(down) }),
  ];
}

async function slots(socket: Partial<Socket>) {
  const [wire, tls] = [new HttpConnection(socket as Socket, 'wire'), new HttpConnection(socket as Socket, 'tls')];
  await wire.update(false);
  await tls.update(false);
  const found = new ConnectionSlots(socket as Socket, wire, tls);
  return Array.from({ length: found.count }, (_, index) => found.at(index) as Slot);
}

describe('the exchanges on a connection', () => {
  it('take the streams apart without a gap', async () => {
    const found = await slots({ streams: streams('wire', GET + GET, OK + OK) });
    assert.deepEqual(
      found.map(({ up, down, last }) => [String(up), String(down), last]),
      [
        [`[0, ${GET.length})`, `[0, ${OK.length})`, false],
        [`[${GET.length}, ${GET.length * 2})`, `[${OK.length}, ${OK.length * 2})`, true],
      ],
    );
  });

  it('say which request is the first without a response', async () => {
    const found = await slots({ streams: streams('wire', GET + GET + GET, OK) });
    assert.deepEqual(
      found.map(({ unanswered }) => unanswered),
      [false, true, false],
    );
  });

  it('have an entry for a connection that was not used, and for one with bytes of another kind', async () => {
    assert.deepEqual(
      (await slots({ streams: [] })).map(({ layer, last }) => [layer, last]),
      [[null, true]],
    );
    const [raw] = await slots({ streams: streams('wire', '\x00\x01', '\x02') });
    assert.deepEqual([raw?.request, String(raw?.up), String(raw?.down)], [null, '[0, 2)', '[0, 1)']);
  });

  it('go on inside TLS after a tunnel, but not after another protocol', async () => {
    const tunnel = streams('wire', 'CONNECT h:443 HTTP/1.1\r\n\r\n', 'HTTP/1.1 200 OK\r\n\r\n');
    const both = await slots({ streams: [...tunnel, ...streams('tls', GET, OK)] });
    assert.deepEqual(
      both.map(({ layer, request }) => [layer?.layer, request?.head.request?.method]),
      [
        ['wire', 'CONNECT'],
        ['tls', 'GET'],
      ],
    );
    const starttls = await slots({
      streams: [...streams('wire', 'STARTTLS\r\n', '220 Go\r\n'), ...streams('tls', 'EHLO x\r\n', '')],
    });
    assert.deepEqual(
      starttls.map(({ layer }) => layer?.layer),
      ['tls'],
    );
  });

  it('have an entry for a handshake that failed behind a tunnel', async () => {
    const tls = { error: [{}] } as unknown as Socket['tls'];
    const tunnel = streams('wire', 'CONNECT h:443 HTTP/1.1\r\n\r\n', 'HTTP/1.1 200 OK\r\n\r\n');
    assert.deepEqual(
      (await slots({ streams: tunnel, tls })).map(({ layer }) => layer?.layer ?? null),
      ['wire', null],
    );
  });

  it('make nothing of the ciphertext under TLS that is done in memory', async () => {
    const tls = { dataOffset: 5 } as Socket['tls'];
    const ciphertext = streams('wire', '\x16\x03\x01', '\x16\x03\x03');
    const layers = async (socket: Partial<Socket>) => (await slots(socket)).map(({ layer }) => layer?.layer ?? null);
    assert.deepEqual(await layers({ streams: ciphertext, tls }), [null]);
    assert.deepEqual(await layers({ streams: [...ciphertext, ...streams('tls', GET, OK)], tls }), ['tls']);
    const failed = { dataOffset: 5, error: [{}] } as unknown as Socket['tls'];
    assert.deepEqual(await layers({ streams: ciphertext, tls: failed }), [null]);
    assert.deepEqual(await layers({ streams: ciphertext, tls: null }), ['wire'], 'TLS of which nothing is known');
  });

  it('have the end of the stream with the exchange during which it came', async () => {
    const end = operation({ range: new ByteRange(OK.length, OK.length), direction: 'down', handed: 9, at: 30 });
    const [first] = await slots({ streams: streams('wire', GET, OK, end) });
    assert.ok(first);
    assert.deepEqual(
      slotOperations(first, Number.POSITIVE_INFINITY).down.map(({ at }) => at),
      [20, 30],
    );
    assert.deepEqual(
      slotOperations(first, 25).down.map(({ at }) => at),
      [20],
    );
  });
});
