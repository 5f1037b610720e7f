/** Exchanges as the decoder builds them, for rules and reports: a plain success, changed where a case needs it. */
import { ByteRange } from '../../src/base/byteRange';
import type { Count, Exchange, Failure, RequestMessage, ResponseMessage } from '../../src/decode/exchange';
import type {
  CertificateInfo,
  Connect,
  Counters,
  ErrorChain,
  ErrorInfo,
  Frame,
  IoOperation,
  ProcessInfo,
  Resolve,
  Socket,
  TlsHandshake,
} from '../../src/wire/model';

export type Changes<T> = { readonly [Key in keyof T]?: T[Key] };

const SECOND = 1e9;
const SITE = '/srv/app/lib/python3.11/site-packages';
const STDLIB = '/usr/lib/python3.11';

export function frame(file: string, line: number, name: string): Frame {
  return { file, line, function: name };
}

/** Stacks as each library makes them, innermost first, down to the program's own line. */
export const STACKS: Readonly<Record<string, readonly Frame[]>> = {
  urllib: [
    frame(`${STDLIB}/http/client.py`, 998, 'HTTPConnection.send'),
    frame(`${STDLIB}/http/client.py`, 1039, 'HTTPConnection._send_output'),
    frame(`${STDLIB}/urllib/request.py`, 1348, 'AbstractHTTPHandler.do_open'),
    frame('/home/user/upload.py', 14, 'upload'),
    frame('/home/user/upload.py', 20, '<module>'),
  ],
  'http.client': [
    frame(`${STDLIB}/http/client.py`, 998, 'HTTPConnection.send'),
    frame('/home/user/upload.py', 14, 'upload'),
  ],
  requests: [
    frame(`${STDLIB}/http/client.py`, 998, 'HTTPConnection.send'),
    frame(`${SITE}/urllib3/connectionpool.py`, 790, 'HTTPConnectionPool.urlopen'),
    frame(`${SITE}/requests/adapters.py`, 696, 'HTTPAdapter.send'),
    frame(`${SITE}/requests/api.py`, 59, 'request'),
    frame('/home/user/upload.py', 14, 'upload'),
  ],
  aiohttp: [
    frame(`${STDLIB}/asyncio/selector_events.py`, 1073, '_SelectorSocketTransport.write'),
    frame(`${SITE}/aiohttp/http_writer.py`, 86, 'StreamWriter._write'),
    frame('/home/user/upload.py', 14, 'upload'),
  ],
  socket: [frame('/home/user/upload.py', 14, 'upload')],
};

export function errorInfo(type: string, changes: Changes<ErrorInfo> = {}): ErrorInfo {
  return {
    type,
    module: 'builtins',
    bases: ['OSError', 'Exception'],
    args: [],
    message: null,
    errno: null,
    errnoName: null,
    errnoMeaning: null,
    notes: [],
    attributes: [],
    headers: [],
    library: null,
    reason: null,
    verifyCode: null,
    verifyMessage: null,
    relation: null,
    of: null,
    frames: [],
    ...changes,
  };
}

/** Exceptions as the platforms and libraries really raise them. */
export const ERRORS = {
  brokenPipe: errorInfo('BrokenPipeError', {
    errno: 32,
    errnoName: 'EPIPE',
    message: '[Errno 32] Broken pipe',
    args: ['32', "'Broken pipe'"],
  }),
  reset: errorInfo('ConnectionResetError', {
    errno: 104,
    errnoName: 'ECONNRESET',
    message: '[Errno 104] Connection reset by peer',
  }),
  resetMac: errorInfo('ConnectionResetError', { errno: 54, errnoName: 'ECONNRESET' }),
  protoType: errorInfo('OSError', {
    errno: 41,
    errnoName: 'EPROTOTYPE',
    message: '[Errno 41] Protocol wrong type for socket',
  }),
  winAborted: errorInfo('ConnectionAbortedError', { errno: 10053, errnoName: 'WSAECONNABORTED' }),
  winReset: errorInfo('ConnectionResetError', { errno: 10054, errnoName: null }),
  sslEof: errorInfo('SSLEOFError', {
    module: 'ssl',
    bases: ['SSLError', 'OSError', 'Exception'],
    errno: 8,
    message: 'EOF occurred in violation of protocol (_ssl.c:2393)',
  }),
  sslSyscall: errorInfo('SSLSyscallError', { module: 'ssl', bases: ['SSLError', 'OSError', 'Exception'], errno: 5 }),
  remoteDisconnected: errorInfo('RemoteDisconnected', {
    module: 'http.client',
    bases: ['ConnectionResetError', 'BadStatusLine', 'Exception'],
    message: 'Remote end closed connection without response',
  }),
  timeout: errorInfo('TimeoutError', { message: 'timed out', args: ["'timed out'"] }),
  oldTimeout: errorInfo('timeout', { module: 'socket', message: 'timed out' }),
  kernelTimeout: errorInfo('TimeoutError', {
    errno: 110,
    errnoName: 'ETIMEDOUT',
    message: '[Errno 110] Connection timed out',
  }),
  refused: errorInfo('ConnectionRefusedError', {
    errno: 111,
    errnoName: 'ECONNREFUSED',
    message: '[Errno 111] Connection refused',
  }),
  hostUnreachable: errorInfo('OSError', {
    errno: 113,
    errnoName: 'EHOSTUNREACH',
    message: '[Errno 113] No route to host',
  }),
  networkUnreachable: errorInfo('OSError', {
    errno: 101,
    errnoName: 'ENETUNREACH',
    message: '[Errno 101] Network is unreachable',
  }),
  nameNotFound: errorInfo('gaierror', { module: 'socket', errno: -2, message: '[Errno -2] Name or service not known' }),
  incompleteRead: errorInfo('IncompleteRead', { module: 'http.client', bases: ['HTTPException', 'Exception'] }),
  wouldBlock: errorInfo('BlockingIOError', { errno: 11, errnoName: 'EAGAIN' }),
} as const;

export function sslError(reason: string, changes: Changes<ErrorInfo> = {}): ErrorInfo {
  const message = `[SSL: ${reason}] ${reason.toLowerCase().replaceAll('_', ' ')} (_ssl.c:1006)`;
  return errorInfo('SSLError', {
    module: 'ssl',
    bases: ['OSError', 'Exception'],
    library: 'SSL',
    errno: 1,
    reason,
    message,
    ...changes,
  });
}

export function certificateError(verifyCode: number, verifyMessage: string): ErrorInfo {
  return sslError('CERTIFICATE_VERIFY_FAILED', {
    type: 'SSLCertVerificationError',
    bases: ['SSLError', 'ValueError', 'OSError', 'Exception'],
    verifyCode,
    verifyMessage,
  });
}

/** As urllib raises it: URLError around the reason. */
export function urlError(reason: ErrorInfo): ErrorChain {
  const outer = errorInfo('URLError', {
    module: 'urllib.error',
    args: [`<${reason.type}>`],
    message: `<urlopen error ${reason.message}>`,
  });
  return [outer, { ...reason, relation: 'reason', of: 0 }];
}

export function failure(phase: Failure['phase'], error: ErrorInfo, changes: Changes<Failure> = {}): Failure {
  const operation = {
    resolve: 'getaddrinfo',
    connect: 'connect',
    tls: 'do_handshake',
    send: 'sendall',
    receive: 'recv_into',
    other: 'close',
  }[phase];
  return { error: [error], operation, phase, at: 2 * SECOND, duration: SECOND / 100, frames: [], ...changes };
}

export function count(value: number | null, changes: Changes<Count> = {}): Count {
  return { value, derived: false, atLeast: false, ...changes };
}

export function request(changes: Changes<RequestMessage> = {}): RequestMessage {
  return {
    startLine: 'POST /upload HTTP/1.1',
    httpVersion: 'HTTP/1.1',
    headers: [{ name: 'Host', value: 'api.example:8080' }],
    headRange: new ByteRange(0, 200),
    bodyRange: new ByteRange(200, 1200),
    bodyAnnounced: 1000,
    chunked: false,
    complete: true,
    beganAt: SECOND,
    endedAt: 1.1 * SECOND,
    problem: null,
    method: 'POST',
    target: '/upload',
    url: 'http://api.example:8080/upload',
    parts: [],
    body: { type: 'bytes', size: 1000, storage: 'memory', files: [] },
    expectContinue: false,
    ...changes,
  };
}

export function response(status: number, reason: string, changes: Changes<ResponseMessage> = {}): ResponseMessage {
  return {
    startLine: `HTTP/1.1 ${status} ${reason}`,
    httpVersion: 'HTTP/1.1',
    headers: [{ name: 'Server', value: 'nginx/1.22.1' }],
    headRange: new ByteRange(0, 150),
    bodyRange: new ByteRange(150, 350),
    bodyAnnounced: 200,
    chunked: false,
    complete: true,
    beganAt: 1.2 * SECOND,
    endedAt: 1.3 * SECOND,
    problem: null,
    status,
    reason,
    interim: [],
    readByProgram: true,
    early: false,
    arrivedBeforeFailure: null,
    arrival: null,
    bodyPreview: new TextEncoder().encode('<html><h1>Hello</h1></html>'),
    bodyPreviewTruncated: false,
    ...changes,
  };
}

export function connect(changes: Changes<Connect> = {}): Connect {
  return {
    at: 0.2 * SECOND,
    duration: SECOND / 1000,
    family: 'AF_INET',
    address: '192.0.2.7',
    port: 8080,
    host: 'api.example',
    localAddress: '192.0.2.1',
    localPort: 50000,
    timeout: null,
    result: 'connected',
    error: null,
    stack: [],
    thread: 1,
    scope: 1,
    ...changes,
  };
}

export function resolve(changes: Changes<Resolve> = {}): Resolve {
  return {
    at: 0.1 * SECOND,
    duration: SECOND / 500,
    function: 'getaddrinfo',
    host: 'api.example',
    port: '8080',
    addresses: [{ family: 'AF_INET', address: '192.0.2.7', port: 8080 }],
    error: null,
    stack: [],
    thread: 1,
    scope: 1,
    ...changes,
  };
}

export const certificate: CertificateInfo = {
  subject: 'CN=api.example',
  issuer: 'CN=Example CA',
  notBefore: '2026-01-01T00:00:00.000Z',
  notAfter: '2026-06-01T00:00:00.000Z',
  names: ['api.example', 'www.example'],
  selfSigned: false,
};

export function tls(changes: Changes<TlsHandshake> = {}): TlsHandshake {
  return {
    at: 0.3 * SECOND,
    duration: SECOND / 100,
    side: 'client',
    serverName: 'api.example',
    version: 'TLSv1.3',
    cipher: 'TLS_AES_256_GCM_SHA384',
    alpn: 'http/1.1',
    reused: false,
    verifyMode: 'required',
    checkHostname: true,
    certificate,
    dataOffset: null,
    error: null,
    stack: [],
    scope: 1,
    ...changes,
  };
}

export function counters(changes: Changes<Counters> = {}): Counters {
  return {
    at: 2 * SECOND,
    moment: 'failed',
    state: 'CLOSE',
    accepted: 1200,
    acknowledged: 1000,
    received: 0,
    unread: 0,
    retransmits: 0,
    rttMicroseconds: 100,
    lastDataReceivedMs: null,
    ...changes,
  };
}

export function io(at: number, duration = 0, changes: Changes<IoOperation> = {}): IoOperation {
  return {
    at,
    duration,
    calls: 1,
    tlsRecords: 1,
    op: 'sendall',
    direction: 'up',
    layer: 'wire',
    thread: 1,
    scope: 1,
    stackId: 1,
    handed: 1,
    result: 1,
    partial: false,
    range: new ByteRange(0, 1),
    stored: 1,
    lastWords: false,
    replayed: false,
    peek: false,
    error: null,
    pending: false,
    ...changes,
  };
}

export function socket(changes: Changes<Socket> = {}): Socket {
  return {
    id: 1,
    family: 'AF_INET',
    type: 'SOCK_STREAM',
    fd: 3,
    how: 'created',
    accepted: false,
    at: 0.1 * SECOND,
    connects: [],
    tls: null,
    streams: [],
    counters: [counters()],
    lastWords: [],
    options: [],
    requests: [],
    shutdowns: [],
    close: null,
    ...changes,
  };
}

export const process: ProcessInfo = {
  file: 'process-100-0.fwp',
  pid: 100,
  ppid: 1,
  python: '3.11.2',
  implementation: 'cpython',
  executable: '/usr/bin/python3',
  argv: ['upload.py'],
  cwd: '/home/user',
  platform: 'linux',
  wallBase: 1_800_000_000_000_000_000n,
  monotonicBase: 0,
  stopped: 0,
  ended: true,
};

/** A POST of 1,000 bytes that was answered 200 and read. */
export function exchange(changes: Changes<Exchange> = {}, client: keyof typeof STACKS = 'urllib'): Exchange {
  const frames = STACKS[client] ?? [];
  return {
    id: 'process-100-0.fwp/1/0',
    process,
    socket: socket(),
    index: 0,
    scheme: 'http',
    host: 'api.example',
    port: 8080,
    peer: { address: '192.0.2.7', port: 8080 },
    resolve: resolve(),
    connects: [connect()],
    tls: null,
    request: request(),
    response: response(200, 'OK'),
    interim: [],
    intended: { method: 'POST', url: 'http://api.example:8080/upload', function: 'urllib.request.OpenerDirector.open' },
    bytes: { handed: count(1200), accepted: count(1200), acknowledged: count(1200) },
    wireBytes: { accepted: count(1200), acknowledged: count(1200) },
    connectionBytes: { accepted: 1200, acknowledged: 1200 },
    received: 350,
    failure: null,
    lastWords: null,
    peerEnd: 'open',
    raised: null,
    followed: false,
    frames,
    initiator: frames.findIndex(({ file }) => file.startsWith('/home/')),
    beganAt: 0,
    endedAt: 3 * SECOND,
    live: false,
    ...changes,
  };
}

/** It never got as far as a request. */
export function attempt(changes: Changes<Exchange>, client: keyof typeof STACKS = 'urllib'): Exchange {
  const none = count(0);
  return exchange(
    {
      request: null,
      response: null,
      received: 0,
      bytes: { handed: none, accepted: none, acknowledged: none },
      wireBytes: { accepted: none, acknowledged: none },
      ...changes,
    },
    client,
  );
}

/** An upload of 12 MB that broke in the middle, with nothing read. */
export function brokenUpload(
  error: ErrorInfo,
  changes: Changes<Exchange> = {},
  client: keyof typeof STACKS = 'urllib',
): Exchange {
  const counts = { accepted: count(524_288), acknowledged: count(65_731) };
  return exchange(
    {
      request: request({
        bodyAnnounced: 12_444_274,
        bodyRange: new ByteRange(200, 524_288),
        complete: false,
        endedAt: null,
        body: {
          type: 'bytes',
          size: 12_444_274,
          storage: 'memory',
          files: [{ path: '/home/user/demo.cast', size: 12_444_083 }],
        },
      }),
      response: null,
      received: 0,
      bytes: { handed: count(12_444_474), ...counts },
      wireBytes: counts,
      failure: failure('send', error),
      raised: urlError(error),
      peerEnd: 'reset',
      ...changes,
    },
    client,
  );
}
