/** From an exchange to what is to be said about it. */
import type { Exchange } from '../decode/exchange';
import { clientOf, type OriginOf, originFromPath } from './client';
import { Context, type Rule } from './context';
import type { Finding } from './finding';
import { certificateRefused } from './rules/certificateRefused';
import { clientCertificateRequired } from './rules/clientCertificateRequired';
import { closedBeforeReply } from './rules/closedBeforeReply';
import { connectionLost } from './rules/connectionLost';
import { connectionRefused } from './rules/connectionRefused';
import { connectTimedOut } from './rules/connectTimedOut';
import { cutMidBody } from './rules/cutMidBody';
import { errorStatus } from './rules/errorStatus';
import { handshakeCutOff } from './rules/handshakeCutOff';
import { incompleteReply } from './rules/incompleteReply';
import { interimTakenForReply } from './rules/interimTakenForReply';
import { malformedReply } from './rules/malformedReply';
import { nameNotFound } from './rules/nameNotFound';
import { notHttp } from './rules/notHttp';
import { operationFailed } from './rules/operationFailed';
import { readTimedOut } from './rules/readTimedOut';
import { redirectNotFollowed } from './rules/redirectNotFollowed';
import { refusalLost } from './rules/refusalLost';
import { refusedEarly } from './rules/refusedEarly';
import { replyUnread } from './rules/replyUnread';
import { sendTimedOut } from './rules/sendTimedOut';
import { staleConnection } from './rules/staleConnection';
import { tlsMismatch } from './rules/tlsMismatch';
import { tlsToPlainPort } from './rules/tlsToPlainPort';
import { unreachable } from './rules/unreachable';

/** The most specific first: the first rule that has something to say is the only one that speaks. */
export const RULES: readonly Rule[] = [
  nameNotFound,
  connectionRefused,
  unreachable,
  connectTimedOut,
  certificateRefused,
  clientCertificateRequired,
  tlsToPlainPort,
  handshakeCutOff,
  tlsMismatch,
  interimTakenForReply,
  refusedEarly,
  replyUnread,
  refusalLost,
  staleConnection,
  cutMidBody,
  closedBeforeReply,
  sendTimedOut,
  readTimedOut,
  connectionLost,
  malformedReply,
  incompleteReply,
  notHttp,
  errorStatus,
  redirectNotFollowed,
  operationFailed,
];

/**
 * At most one finding for an exchange; none when all went well.
 * @param originOf where frames come from, with versions where the caller can look them up
 */
export function diagnose(exchange: Exchange, originOf: OriginOf = originFromPath): readonly Finding[] {
  const context = new Context(exchange, clientOf(exchange, originOf));
  for (const rule of RULES) {
    const found = rule.check(context);
    if (found) return [found];
  }
  return [];
}
