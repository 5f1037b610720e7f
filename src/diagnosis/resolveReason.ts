/** Why a name lookup failed: the EAI codes of getaddrinfo, which every platform numbers in its own way. */
import type { ErrorInfo } from '../wire/model';

export type ResolveReason = 'not-found' | 'no-address' | 'try-again' | 'failed' | 'invalid' | 'service' | 'other';

// glibc and musl (netdb.h), the BSDs and macOS (netdb.h), Winsock (winsock2.h)
const LINUX: Readonly<Record<number, ResolveReason>> = {
  [-2]: 'not-found',
  [-3]: 'try-again',
  [-4]: 'failed',
  [-5]: 'no-address',
  [-8]: 'service',
};
const BSD: Readonly<Record<number, ResolveReason>> = {
  8: 'not-found',
  2: 'try-again',
  4: 'failed',
  7: 'no-address',
  9: 'service',
};
const WINDOWS: Readonly<Record<number, ResolveReason>> = {
  11001: 'not-found',
  11002: 'try-again',
  11003: 'failed',
  11004: 'no-address',
  10109: 'service',
};
/** h_errno of gethostbyname and its kin (`socket.herror`), the same everywhere. */
const HERROR: Readonly<Record<number, ResolveReason>> = {
  1: 'not-found',
  2: 'try-again',
  3: 'failed',
  4: 'no-address',
};
const BY_NAME: Readonly<Record<string, ResolveReason>> = {
  EAI_NONAME: 'not-found',
  EAI_AGAIN: 'try-again',
  EAI_FAIL: 'failed',
  EAI_NODATA: 'no-address',
  EAI_ADDRFAMILY: 'no-address',
  EAI_SERVICE: 'service',
};

/** @param platform `sys.platform` of the process; Linux when not known */
export function resolveReason(error: ErrorInfo, platform: string | null): ResolveReason {
  if ([error.type, ...error.bases].some((name) => name === 'UnicodeError' || name === 'ValueError')) return 'invalid';
  const named = BY_NAME[error.errnoName ?? ''];
  if (named) return named;
  if (error.errno === null) return 'other';
  if (error.type === 'herror') return HERROR[error.errno] ?? 'other';
  const table = platform === 'win32' ? WINDOWS : /^(darwin|freebsd|openbsd|netbsd)/.test(platform ?? '') ? BSD : LINUX;
  return table[error.errno] ?? 'other';
}
