/** What is known of the connection, as lines under headings. */
import type { Exchange } from '../decode/exchange';
import { nameError } from '../diagnosis/classify';
import { bytes, duration, endpoint, hostAndPort, listed } from '../diagnosis/wording';
import type { Redactor } from '../export/redact';
import type { Fact } from '../messages/panel';

export function factsFor(exchange: Exchange, redactor: Redactor): Fact[] {
  const facts: Fact[] = [];
  const add = (
    group: Fact['group'],
    name: string,
    value: string | number | null | undefined,
    tone: Fact['tone'] = 'plain',
  ) => {
    if (value !== null && value !== undefined && value !== '') facts.push({ group, name, value: String(value), tone });
  };
  server(exchange, add);
  tls(exchange, add);
  kernel(exchange, add);
  options(exchange, add);
  const { process } = exchange;
  add('process', 'Command', redactor.argv(process.argv).join(' '));
  add('process', 'Process', process.pid);
  add('process', 'Python', [process.implementation, process.python].filter(Boolean).join(' '));
  add('process', 'Working folder', process.cwd);
  return facts;
}

type Add = (group: Fact['group'], name: string, value: string | number | null | undefined, tone?: Fact['tone']) => void;

function server(exchange: Exchange, add: Add): void {
  const { resolve, connects, peer, peerEnd } = exchange;
  add('server', 'Asked for', hostAndPort(exchange));
  if (resolve) {
    const addresses = [...new Set(resolve.addresses.map(({ address }) => address))];
    const value = resolve.error ? nameError(resolve.error[0]) : listed(addresses);
    add(
      'server',
      'Name',
      `${resolve.host ?? ''} → ${value} in ${duration(resolve.duration)}`,
      resolve.error ? 'bad' : 'plain',
    );
  }
  for (const connect of connects) {
    const where = endpoint(connect.address ?? '?', connect.port);
    const outcome = connect.error ? nameError(connect.error[0]) : connect.result;
    add('server', 'Connect', `${where}: ${outcome} in ${duration(connect.duration)}`, connect.error ? 'bad' : 'plain');
  }
  if (peer) add('server', 'Peer', endpoint(peer.address, peer.port));
  const local = connects.at(-1);
  if (local?.localAddress) add('server', 'From', endpoint(local.localAddress, local.localPort));
  const ends = { open: null, fin: 'closed by the peer in order', reset: 'reset by the peer', unknown: null };
  add('server', 'End', ends[peerEnd], peerEnd === 'reset' ? 'bad' : 'plain');
}

function tls({ tls: handshake }: Exchange, add: Add): void {
  if (!handshake) return;
  add('tls', 'Version', handshake.version);
  add('tls', 'Cipher', handshake.cipher);
  add('tls', 'Server name', handshake.serverName);
  add('tls', 'Protocol', handshake.alpn);
  if (handshake.reused) add('tls', 'Session', 'resumed');
  add('tls', 'Handshake', duration(handshake.duration));
  const verifies = handshake.verifyMode === 'required';
  if (handshake.verifyMode !== null) {
    const names = handshake.checkHostname === false ? ', host name not checked' : '';
    add(
      'tls',
      'Verification',
      `certificate ${handshake.verifyMode}${names}`,
      verifies && names === '' ? 'plain' : 'bad',
    );
  }
  if (handshake.error) add('tls', 'Refused', nameError(handshake.error[0]), 'bad');
  const { certificate } = handshake;
  if (!certificate) return;
  add('certificate', 'Subject', certificate.subject);
  add('certificate', 'Names', listed(certificate.names));
  add(
    'certificate',
    'Issuer',
    certificate.selfSigned ? `${certificate.issuer} (signed by itself)` : certificate.issuer,
  );
  add('certificate', 'Valid', `${certificate.notBefore.slice(0, 10)} to ${certificate.notAfter.slice(0, 10)}`);
}

function kernel({ socket, connectionBytes, wireBytes, tls: handshake }: Exchange, add: Add): void {
  const last = socket?.counters.at(-1);
  if (handshake?.version && wireBytes.accepted.value !== null) {
    add('kernel', 'This exchange on the wire', `${bytes(wireBytes.accepted.value)} accepted`);
  }
  if (connectionBytes.accepted !== null) add('kernel', 'Accepted in all', bytes(connectionBytes.accepted));
  if (connectionBytes.acknowledged !== null) add('kernel', 'Acknowledged in all', bytes(connectionBytes.acknowledged));
  if (!last) return;
  if (last.received !== null) add('kernel', 'Received in all', bytes(last.received));
  if (last.unread) add('kernel', 'Left unread', bytes(last.unread), 'bad');
  add('kernel', 'Last state', last.state);
  if (last.retransmits) add('kernel', 'Retransmits', last.retransmits, 'bad');
  if (last.rttMicroseconds !== null) add('kernel', 'Round trip', duration(last.rttMicroseconds * 1000));
}

function options({ socket }: Exchange, add: Add): void {
  const last = socket?.options.at(-1);
  if (!last) return;
  if (last.timeout !== null) add('options', 'Timeout', last.timeout === 0 ? 'non-blocking' : `${last.timeout} s`);
  else add('options', 'Timeout', 'none: waits for ever');
  if (last.noDelay !== null) add('options', 'TCP_NODELAY', last.noDelay ? 'on' : 'off');
  if (last.keepAlive !== null) add('options', 'SO_KEEPALIVE', last.keepAlive ? 'on' : 'off');
  if (last.sendBuffer !== null) add('options', 'Send buffer', bytes(last.sendBuffer));
  if (last.receiveBuffer !== null) add('options', 'Receive buffer', bytes(last.receiveBuffer));
  if (last.linger !== null) add('options', 'SO_LINGER', `${last.linger} s`);
}
