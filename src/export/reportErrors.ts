/** Exceptions as the report gives them. */
import type { Exchange } from '../decode/exchange';
import type { ErrorInfo } from '../wire/model';
import type { Redactor } from './redact';
import type { ReportError, ReportErrorLink } from './reportTypes';

export function errorLink(error: ErrorInfo, redactor: Redactor): ReportErrorLink {
  return {
    type: error.type,
    module: error.module,
    errno: error.errno,
    errnoName: error.errnoName,
    message: error.message === null ? null : redactor.text(error.message),
    args: error.args.map((text) => redactor.text(text)),
    relation: error.relation,
    of: error.of,
    reason: error.reason,
    verifyCode: error.verifyCode,
    verifyMessage: error.verifyMessage,
  };
}

export function errorLinks(chain: readonly ErrorInfo[] | null, redactor: Redactor): ReportErrorLink[] {
  return (chain ?? []).map((error) => errorLink(error, redactor));
}

/** The operation's own error where one failed; else the innermost of what left the library. */
export function exchangeError({ failure, raised }: Exchange, redactor: Redactor): ReportError | null {
  const root = failure?.error[0] ?? raised?.at(-1);
  if (!root) return null;
  const { type, errno, errnoName, message, args } = errorLink(root, redactor);
  return {
    type,
    errno,
    errnoName,
    message,
    args,
    operation: failure?.operation ?? null,
    phase: failure?.phase ?? null,
    durationNs: failure?.duration ?? null,
    chain: errorLinks(raised ?? failure?.error ?? null, redactor),
  };
}
