/** What is known of the connection, as lines under headings. */
import { t } from '../base/l10n';
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
  add('process', t('Command'), redactor.argv(process.argv).join(' '));
  add('process', t('Process'), process.pid);
  add('process', 'Python', [process.implementation, process.python].filter(Boolean).join(' '));
  add('process', t('Working folder'), process.cwd);
  return facts;
}

type Add = (group: Fact['group'], name: string, value: string | number | null | undefined, tone?: Fact['tone']) => void;

function server(exchange: Exchange, add: Add): void {
  const { resolve, connects, peer, peerEnd } = exchange;
  add('server', t('Asked for'), hostAndPort(exchange));
  if (resolve) {
    const addresses = [...new Set(resolve.addresses.map(({ address }) => address))];
    const value = resolve.error ? nameError(resolve.error[0]) : listed(addresses);
    add(
      'server',
      t('Name'),
      t('{0} → {1} in {2}', resolve.host ?? '', value, duration(resolve.duration)),
      resolve.error ? 'bad' : 'plain',
    );
  }
  for (const connect of connects) {
    const where = endpoint(connect.address ?? '?', connect.port);
    const outcome = connect.error ? nameError(connect.error[0]) : connect.result;
    add(
      'server',
      t('Connect'),
      t('{0}: {1} in {2}', where, outcome, duration(connect.duration)),
      connect.error ? 'bad' : 'plain',
    );
  }
  if (peer) add('server', t('Peer'), endpoint(peer.address, peer.port));
  const local = connects.at(-1);
  if (local?.localAddress) add('server', t('From'), endpoint(local.localAddress, local.localPort));
  const ends = { open: null, fin: t('closed by the peer in order'), reset: t('reset by the peer'), unknown: null };
  add('server', t('End'), ends[peerEnd], peerEnd === 'reset' ? 'bad' : 'plain');
}

function tls({ tls: handshake }: Exchange, add: Add): void {
  if (!handshake) return;
  add('tls', t('Version'), handshake.version);
  add('tls', t('Cipher'), handshake.cipher);
  add('tls', t('Server name'), handshake.serverName);
  add('tls', t('Protocol'), handshake.alpn);
  if (handshake.reused) add('tls', t('Session'), t('resumed'));
  add('tls', t('Handshake'), duration(handshake.duration));
  const verifies = handshake.verifyMode === 'required';
  if (handshake.verifyMode !== null) {
    const names = handshake.checkHostname === false ? t(', host name not checked') : '';
    add(
      'tls',
      t('Verification'),
      `${t('certificate {0}', handshake.verifyMode)}${names}`,
      verifies && names === '' ? 'plain' : 'bad',
    );
  }
  if (handshake.error) add('tls', t('Refused'), nameError(handshake.error[0]), 'bad');
  const { certificate } = handshake;
  if (!certificate) return;
  add('certificate', t('Subject'), certificate.subject);
  add('certificate', t('Names'), listed(certificate.names));
  add(
    'certificate',
    t('Issuer'),
    certificate.selfSigned ? t('{0} (signed by itself)', certificate.issuer) : certificate.issuer,
  );
  add(
    'certificate',
    t('Valid'),
    t('{0} to {1}', certificate.notBefore.slice(0, 10), certificate.notAfter.slice(0, 10)),
  );
}

function kernel({ socket, connectionBytes, wireBytes, tls: handshake }: Exchange, add: Add): void {
  const last = socket?.counters.at(-1);
  if (handshake?.version && wireBytes.accepted.value !== null) {
    add('kernel', t('This exchange on the wire'), t('{0} accepted', bytes(wireBytes.accepted.value)));
  }
  if (connectionBytes.accepted !== null) add('kernel', t('Accepted in all'), bytes(connectionBytes.accepted));
  if (connectionBytes.acknowledged !== null)
    add('kernel', t('Acknowledged in all'), bytes(connectionBytes.acknowledged));
  if (!last) return;
  if (last.received !== null) add('kernel', t('Received in all'), bytes(last.received));
  if (last.unread) add('kernel', t('Left unread'), bytes(last.unread), 'bad');
  add('kernel', t('Last state'), last.state);
  if (last.retransmits) add('kernel', t('Retransmits'), last.retransmits, 'bad');
  if (last.rttMicroseconds !== null) add('kernel', t('Round trip'), duration(last.rttMicroseconds * 1000));
}

function options({ socket }: Exchange, add: Add): void {
  const last = socket?.options.at(-1);
  if (!last) return;
  if (last.timeout !== null) add('options', t('Timeout'), last.timeout === 0 ? t('non-blocking') : `${last.timeout} s`);
  else add('options', t('Timeout'), t('none: waits for ever'));
  if (last.noDelay !== null) add('options', 'TCP_NODELAY', last.noDelay ? t('on') : t('off'));
  if (last.keepAlive !== null) add('options', 'SO_KEEPALIVE', last.keepAlive ? t('on') : t('off'));
  if (last.sendBuffer !== null) add('options', t('Send buffer'), bytes(last.sendBuffer));
  if (last.receiveBuffer !== null) add('options', t('Receive buffer'), bytes(last.receiveBuffer));
  if (last.linger !== null) add('options', 'SO_LINGER', `${last.linger} s`);
}
