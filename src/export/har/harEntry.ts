/** One exchange as an entry of a HAR file. */
import type { Exchange, Message, RequestMessage } from '../../decode/exchange';
import { nameError } from '../../diagnosis/classify';
import type { Finding } from '../../diagnosis/finding';
import { header } from '../../diagnosis/wording';
import type { Redactor } from '../redact';
import { type BodyOptions, contentOf, formDecoded, postDataOf } from './bodies';
import { requestCookies, responseCookies } from './cookies';
import type { HarEntry, HarFinding, HarHeader, HarRequest, HarResponse } from './harTypes';
import { initiatorFor } from './initiator';
import { timingOf, wallTime } from './timings';

/** More headers than this are an attack on whoever reads them. */
const MAX_HEADERS = 500;

/** What HAR cannot hold: no request was made, and no library says which one was meant. */
export const isHttp = ({ request, response, intended }: Exchange): boolean =>
  request !== null || response !== null || intended?.url != null;

/** @param finding redacted already; null when there is nothing to say */
export async function harEntry(exchange: Exchange, finding: Finding | null, options: BodyOptions): Promise<HarEntry> {
  const { peer, socket, process, raised, response, bytes, connects } = exchange;
  const { redactor } = options;
  const { time, timings } = timingOf(exchange);
  const address = peer?.address ?? connects.at(-1)?.address ?? null;
  const port = peer?.port ?? connects.at(-1)?.port ?? null;
  const unread = response?.readByProgram === false;
  return {
    startedDateTime: wallTime(exchange, exchange.beganAt),
    time,
    request: await requestOf(exchange, options),
    response: await responseOf(exchange, options),
    cache: {},
    timings,
    // a socket of the file system has a path for an address
    ...(address !== null && /^[\da-f:.]+(?:%.*)?$/i.test(address) && { serverIPAddress: address }),
    // the port is what DevTools shows beside the address
    ...(port !== null && port > 0 && { connection: String(port) }),
    ...(unread && { comment: 'The program never read this reply: it was recovered from the receive buffer.' }),
    ...(socket && { _connectionId: `${process.pid}/${socket.id}` }),
    _initiator: initiatorFor(exchange),
    _bytes: { handed: bytes.handed, accepted: bytes.accepted, acknowledged: bytes.acknowledged },
    ...(raised && {
      _exception: redactor.text(`${nameError(raised[0])}: ${raised[0].message ?? raised[0].args.join(', ')}`),
    }),
    ...(finding && { _finding: findingOf(finding) }),
    _pid: process.pid,
    _exchange: exchange.id,
  };
}

async function requestOf(exchange: Exchange, options: BodyOptions): Promise<HarRequest> {
  const { request, intended } = exchange;
  const { redactor } = options;
  const url = redactor.url(request?.url ?? intended?.url ?? addressOf(exchange)).replace(/#.*/s, '');
  if (!request) {
    return {
      method: intended?.method ?? 'GET',
      url,
      httpVersion: '',
      cookies: [],
      headers: [],
      queryString: queryOf(url),
      headersSize: -1,
      bodySize: -1,
      comment: 'No request was sent: this is what the program asked its library for.',
    };
  }
  const postData = await postDataOf(exchange, options);
  return {
    method: request.method,
    url,
    httpVersion: versionOf(request),
    cookies: requestCookies(request, redactor),
    headers: headersOf(request, redactor),
    queryString: queryOf(url),
    ...(postData && { postData }),
    headersSize: request.headRange.length,
    bodySize: request.bodyRange.length,
    ...problemOf(request),
  };
}

async function responseOf(exchange: Exchange, options: BodyOptions): Promise<HarResponse> {
  const { response, failure } = exchange;
  const { redactor } = options;
  const error = failure && { _error: redactor.text(`${nameError(failure.error[0])} in ${failure.operation}`) };
  if (!response) {
    return {
      status: 0,
      statusText: '',
      httpVersion: '',
      cookies: [],
      headers: [],
      content: await contentOf(exchange, options),
      redirectURL: '',
      headersSize: -1,
      bodySize: -1,
      _transferSize: exchange.received,
      ...error,
    };
  }
  return {
    status: response.status,
    statusText: response.reason,
    httpVersion: versionOf(response),
    cookies: responseCookies(response, redactor),
    headers: headersOf(response, redactor),
    content: await contentOf(exchange, options),
    redirectURL: redactor.url(header(response, 'location') ?? ''),
    headersSize: response.headRange.length,
    bodySize: response.bodyRange.length,
    ...problemOf(response),
    _transferSize: response.headRange.length + response.bodyRange.length,
    ...error,
    ...(response.readByProgram !== null && { _readByProgram: response.readByProgram }),
    ...(response.early && { _early: true }),
  };
}

const versionOf = ({ httpVersion }: Message): string => `HTTP/${httpVersion}`;

const headersOf = ({ headers }: Message, redactor: Redactor): HarHeader[] =>
  headers.slice(0, MAX_HEADERS).map((one) => redactor.header(one));

/** @param url with its secrets masked already */
function queryOf(url: string): HarHeader[] {
  const [, query = ''] = /\?([^#]*)/.exec(url) ?? [];
  return query
    .split('&')
    .filter((pair) => pair !== '')
    .slice(0, MAX_HEADERS)
    .map((pair) => {
      const [name = '', ...rest] = pair.split('=');
      return { name: formDecoded(name), value: formDecoded(rest.join('=')) };
    });
}

const problemOf = ({ problem }: Message | RequestMessage): { readonly comment?: string } =>
  problem === null ? {} : { comment: `From some place on this could not be decoded: ${problem}` };

const addressOf = ({ scheme, host, peer, port }: Exchange): string =>
  `${scheme ?? 'http'}://${host ?? peer?.address ?? 'unknown'}${port === null ? '' : `:${port}`}/`;

const findingOf = ({ id, title, side, severity, summary, advice }: Finding): HarFinding => ({
  id,
  title,
  side,
  severity,
  summary,
  advice: advice.map(({ text, code }) => (code === null ? text : `${text}\n${code}`)),
});
