import assert from 'node:assert/strict';
import { connectionPackets, endpointsOf } from '../../../../src/export/pcapng/connectionPackets';
import { tcpStory } from '../../../../src/export/pcapng/tcpStory';
import { connect, socket } from '../../../support/exchanges';
import { ACKNOWLEDGED, HEAD, REPLY, usePanelCase } from '../../../support/panelCase';

describe('the packets of a connection', () => {
  const refused = usePanelCase();

  it('count every byte once, and confirm what is known', async () => {
    const { exchange, capture } = refused.current;
    assert.ok(exchange.socket);
    const ends = endpointsOf(exchange.socket);
    assert.ok(ends);
    const story = tcpStory(exchange.socket, (id) => capture.processOf(exchange).frames(id));
    const remarks = [{ direction: 'up' as const, layer: 'wire' as const, offset: 0, text: 'Finding: x' }];
    const packets = [];
    for await (const packet of connectionPackets(exchange.socket, ends, story, { secrets: [], remarks, first: [] })) {
      packets.push(packet);
    }
    let next: number | null = null;
    let sent = 0;
    for (const { bytes, outbound, length } of packets) {
      const header = Buffer.from(bytes).subarray(20);
      const size = length - 20 - ((header[12] as number) >> 4) * 4;
      const sequence = header.readUInt32BE(4);
      if (!outbound) continue;
      assert.ok(next === null || sequence === next);
      next = (sequence + size + ((header[13] as number) & 2 ? 1 : 0)) >>> 0;
      sent += size;
    }
    assert.equal(sent, HEAD.length + 120_000);
    const first = packets.find(({ comments }) => comments.includes('Finding: x'));
    assert.match(Buffer.from(first?.bytes ?? []).toString('latin1', 40), /^POST/);
    const reply = packets.find(({ length, outbound }) => !outbound && length === 40 + REPLY.length);
    const start = Buffer.from(packets[0]?.bytes ?? []).readUInt32BE(24);
    assert.equal(Buffer.from(reply?.bytes ?? []).readUInt32BE(28), (start + 1 + HEAD.length + ACKNOWLEDGED) >>> 0);
  });

  it('are told apart where the port on this side is not known', () => {
    const unknown = [connect({ localAddress: null, localPort: null })];
    const ports = [1, 2, 3].map((id) => endpointsOf(socket({ id, connects: unknown }))?.up.port);
    assert.equal(new Set(ports).size, 3);
    assert.ok(ports.every((port) => port !== undefined && port >= 49_152));
    assert.equal(endpointsOf(socket({ connects: [connect({ localPort: 50_123 })] }))?.up.port, 50_123);
  });

  it('need an address of IP', () => {
    assert.equal(endpointsOf(socket({ connects: [] })), null);
    assert.equal(endpointsOf(socket({ connects: [connect({ address: '/run/a.sock' })] })), null);
    assert.equal(endpointsOf(socket({ type: 'SOCK_DGRAM', connects: [connect()] })), null);
    assert.ok(endpointsOf(socket({ connects: [connect()] })));
  });
});
