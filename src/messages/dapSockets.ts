/** Sockets and the processes that hold them, as the adapter tells of them. */
import { count, flag, type Infer, list, nullable, number, object, oneOf, text } from './schema';

const address = object('An address.', {
  host: text('Numeric address, or the path of a local socket.'),
  port: nullable(count('Port; null for a local socket.')),
});

const byteCount = object('A number of bytes.', {
  value: nullable(count('Bytes; null where the system cannot tell.')),
  atLeast: flag('Only a lower bound is known.'),
  derived: flag('Computed from other figures, such as plaintext from the sizes of TLS records.'),
});

const certificate = object("The peer's certificate.", {
  subject: text('Whom it names, "CN=localhost".'),
  issuer: text('Who issued it.'),
  names: list('Names and addresses it is good for.', text('One.')),
  notBefore: text('ISO 8601.'),
  notAfter: text('ISO 8601.'),
});

const tls = object('What the TLS handshake came to.', {
  version: nullable(text('"TLSv1.3".')),
  cipher: nullable(text('"TLS_AES_256_GCM_SHA384".')),
  alpn: nullable(text('Protocol agreed on, "h2".')),
  serverName: nullable(text('Name asked for (SNI).')),
  verified: nullable(flag('Whether the certificate was checked; null when not known.')),
  certificate: nullable(certificate),
});

const options = object('Options of the socket as they were last seen; null is not known.', {
  noDelay: nullable(flag('TCP_NODELAY.')),
  keepAlive: nullable(flag('SO_KEEPALIVE.')),
  sendBuffer: nullable(count('SO_SNDBUF, bytes.')),
  receiveBuffer: nullable(count('SO_RCVBUF, bytes.')),
  linger: nullable(number('SO_LINGER, seconds; null also when off.')),
  timeout: nullable(number('Seconds; 0 for non-blocking, null also for none.')),
});

const socketError = object('The exception that broke the connection, or kept it from coming about.', {
  type: text('Name of the exception class.'),
  errnoName: nullable(text('"EPIPE".')),
  message: nullable(text('The text of the exception.')),
  operation: text('"connect", "do_handshake", "sendall", "recv_into".'),
});

export const processSummary = object('A process of the recording.', {
  id: text('Name of its file in the capture.'),
  pid: count('Process id.'),
  parent: nullable(count('Process id of its parent.')),
  command: list('Its command line without the debugger; secrets are masked.', text('One argument.')),
  python: nullable(text('Version, "3.11.2".')),
  running: flag('It has not ended.'),
  sockets: count('Connections so far.'),
});

export const socketSummary = object('One connection, or the attempt at one.', {
  id: text('Unique in the capture and stable: "<file of the process>/<number>".'),
  process: text('Id of its process.'),
  side: oneOf('Who began it: the program, or its peer.', ['client', 'server']),
  host: nullable(text('The name that the program asked for.')),
  peer: nullable(address),
  local: nullable(address),
  state: oneOf('failed also when it was closed since.', ['connecting', 'connected', 'closed', 'failed']),
  bytes: object('What the program wrote: with TLS the plaintext. Three different figures.', {
    handed: byteCount,
    accepted: byteCount,
    acknowledged: byteCount,
  }),
  received: count('Bytes that came for the program, whether or not it has read them.'),
  wire: object("The kernel's own last figures, with TLS records and handshake.", {
    accepted: nullable(count('Bytes taken.')),
    acknowledged: nullable(count('Bytes that the peer has confirmed.')),
    received: nullable(count('Bytes that came.')),
    unread: nullable(count('Bytes that wait to be read.')),
    retransmits: nullable(count('Segments sent again.')),
    rtt: nullable(count('Round trip, microseconds.')),
    state: nullable(text('The state of TCP, "ESTABLISHED".')),
  }),
  tls: nullable(tls),
  options: nullable(options),
  error: nullable(socketError),
  began: text('ISO 8601.'),
  connected: nullable(number('Milliseconds that connecting took.')),
  handshake: nullable(number('Milliseconds that the TLS handshake took.')),
  ended: nullable(text('When it was closed; ISO 8601.')),
  exchange: nullable(text('Id of the exchange on it to look at: the one that broke, else the last.')),
});

export type ProcessSummary = Infer<typeof processSummary>;
export type SocketSummary = Infer<typeof socketSummary>;
export type SocketState = SocketSummary['state'];
