/** What an exception says, whatever name the platform, Python or a library gives it. Never keyed on one errno. */
import type { ErrorInfo } from '../wire/model';

export type ErrorKind =
  | 'cut' // the peer or something between ended the connection
  | 'timeout' // the program's own patience ended
  | 'gave-up' // the kernel stopped retransmitting
  | 'refused'
  | 'unreachable'
  | 'certificate'
  | 'tls'
  | 'incomplete'
  | 'would-block'
  | 'other';

/** Windows' own numbers (winsock2.h) for what errno.h names elsewhere. */
const WINSOCK: Readonly<Record<number, string>> = {
  10035: 'EWOULDBLOCK',
  10050: 'ENETDOWN',
  10051: 'ENETUNREACH',
  10052: 'ENETRESET',
  10053: 'ECONNABORTED',
  10054: 'ECONNRESET',
  10057: 'ENOTCONN',
  10058: 'ESHUTDOWN',
  10060: 'ETIMEDOUT',
  10061: 'ECONNREFUSED',
  10064: 'EHOSTDOWN',
  10065: 'EHOSTUNREACH',
};

const BY_ERRNO: Readonly<Record<string, ErrorKind>> = {
  EPIPE: 'cut',
  ECONNRESET: 'cut',
  ECONNABORTED: 'cut',
  ENETRESET: 'cut',
  ESHUTDOWN: 'cut',
  EPROTOTYPE: 'cut', // macOS: a write while the socket is being torn down
  ETIMEDOUT: 'gave-up',
  ECONNREFUSED: 'refused',
  ENETUNREACH: 'unreachable',
  EHOSTUNREACH: 'unreachable',
  EHOSTDOWN: 'unreachable',
  ENETDOWN: 'unreachable',
  EADDRNOTAVAIL: 'unreachable',
  EWOULDBLOCK: 'would-block',
  EAGAIN: 'would-block',
  EINPROGRESS: 'would-block',
};

const BY_TYPE: Readonly<Record<string, ErrorKind>> = {
  SSLCertVerificationError: 'certificate',
  CertificateError: 'certificate', // urllib3, which compares names itself
  SSLEOFError: 'cut',
  SSLZeroReturnError: 'cut',
  SSLSyscallError: 'cut',
  SSLWantReadError: 'would-block',
  SSLWantWriteError: 'would-block',
  BlockingIOError: 'would-block',
  BrokenPipeError: 'cut',
  ConnectionResetError: 'cut',
  ConnectionAbortedError: 'cut',
  RemoteDisconnected: 'cut',
  ServerDisconnectedError: 'cut',
  ConnectionRefusedError: 'refused',
  IncompleteRead: 'incomplete',
  ContentLengthError: 'incomplete',
  TransferEncodingError: 'incomplete',
  TimeoutError: 'timeout',
  TimeoutException: 'timeout', // httpx and httpcore
  timeout: 'timeout', // socket.timeout before Python 3.10
};

/** Where one class stands for several things (h11, httpx), its words tell. */
const BY_MESSAGE: readonly { readonly type: string; readonly pattern: RegExp; readonly kind: ErrorKind }[] = [
  { type: 'RemoteProtocolError', pattern: /disconnected without sending a response/, kind: 'cut' },
  { type: 'RemoteProtocolError', pattern: /without sending complete message body/, kind: 'incomplete' },
];

const textOf = ({ message, args }: ErrorInfo): string => message ?? args[0] ?? '';

/** The errno's name in the words of errno.h, also for Windows' own; null for errors without one. */
export function errnoNameOf(error: ErrorInfo): string | null {
  if (error.errnoName) return error.errnoName.replace(/^WSA/, '');
  return error.errno === null ? null : (WINSOCK[error.errno] ?? null);
}

export function classify(error: ErrorInfo): ErrorKind {
  if (error.verifyCode !== null || error.reason === 'CERTIFICATE_VERIFY_FAILED') return 'certificate';
  if (error.reason === 'UNEXPECTED_EOF_WHILE_READING') return 'cut';
  const said = BY_MESSAGE.find(({ type, pattern }) => type === error.type && pattern.test(textOf(error)));
  if (said) return said.kind;
  const byErrno = BY_ERRNO[errnoNameOf(error) ?? ''];
  // TimeoutError is both: with ETIMEDOUT it is the kernel's, without it is the program's
  if (byErrno && !isTlsNumber(error)) return byErrno;
  for (const name of [error.type, ...error.bases]) {
    const kind = BY_TYPE[name.split('.').at(-1) ?? name];
    if (kind) return kind;
  }
  if (isTlsError(error)) return 'tls';
  return 'other';
}

/** `errno` of an ssl.SSLError is an OpenSSL number (8 is SSL_ERROR_EOF, not ENOEXEC) unless it is a system call's. */
function isTlsNumber(error: ErrorInfo): boolean {
  return error.errno !== null && error.errno > 0 && error.errno <= 11 && isTlsError(error);
}

export function isTlsError(error: ErrorInfo): boolean {
  return (
    error.module === 'ssl' || error.module === '_ssl' || error.library === 'SSL' || error.bases.includes('SSLError')
  );
}

/** The first error of that kind, searched from the one that came up first. */
export function errorOfKind(errors: readonly ErrorInfo[], kind: ErrorKind): ErrorInfo | null {
  return errors.find((error) => classify(error) === kind) ?? null;
}

/** "BrokenPipeError: [Errno 32] Broken pipe", or what there is of it. */
export function describeError(error: ErrorInfo): string {
  const said = error.message ?? (error.args.length > 0 ? error.args.join(', ') : null);
  return said ? `${error.type}: ${said}` : error.type;
}

/** "SSLEOFError(8)", "TimeoutError" */
export function nameError(error: ErrorInfo): string {
  return error.errno === null ? error.type : `${error.type}(${error.errno})`;
}
