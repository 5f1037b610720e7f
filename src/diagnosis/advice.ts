/** Things to do that several rules suggest, each true for the library and version that was seen. */
import type { ResponseMessage } from '../decode/exchange';
import type { Client } from './client';
import type { Context } from './context';
import type { Advice } from './finding';
import { bytes, header } from './wording';

export function say(text: string, code: string | null = null): Advice {
  return { text, code };
}

/** How to get at a reply that the library throws away when sending fails. Checked against the libraries' sources. */
export function readEarlyReply(context: Context): Advice[] {
  const secure = context.exchange.scheme === 'https';
  const urllib3 = versionOf(context.client, 'urllib3');
  switch (context.client?.name) {
    case 'urllib':
      return [
        say(
          'urllib cannot show such a reply: it gives the connection up when sending fails, and it cannot wait for "100 Continue" either. http.client can: catch the error of request() and ask for the reply all the same.',
          HTTP_CLIENT_RECOVERY,
        ),
      ];
    case 'http.client':
      return [
        say(
          'Catch the error of request() and ask for the reply all the same: it often lies in the receive buffer.',
          HTTP_CLIENT_RECOVERY,
        ),
      ];
    case 'requests':
    case 'urllib3': {
      if (urllib3 !== null && majorOf(urllib3) < 2) {
        const first = `urllib3 ${urllib3} gives the connection up when sending fails. `;
        const rest = secure
          ? 'urllib3 2 reads such a reply on plain HTTP only, not over TLS; http.client can on both: catch the error of request() and call getresponse().'
          : 'urllib3 2 goes on to read the reply on plain HTTP: upgrade.';
        return [say(first + rest, secure ? HTTP_CLIENT_RECOVERY : upgradeLine(context.client.name))];
      }
      const which = urllib3 === null ? 'urllib3' : `urllib3 ${urllib3}`;
      return secure
        ? [
            say(
              `${which} looks for such a reply on plain HTTP only, not over TLS. httpx reads it on both, and so does http.client when you catch the error of request() and call getresponse().`,
              HTTP_CLIENT_RECOVERY,
            ),
          ]
        : [];
    }
    case 'aiohttp':
      return [
        say(
          'aiohttp can ask before it sends the body: with expect100=True it waits for "100 Continue" and sees the refusal instead.',
          'session.post(url, data=data, expect100=True)',
        ),
      ];
    default:
      return [];
  }
}

const HTTP_CLIENT_RECOVERY =
  'try: conn.request("POST", path, body, headers)\nexcept OSError: pass\nreply = conn.getresponse()';

function upgradeLine(client: string): string {
  return client === 'requests'
    ? 'pip install --upgrade "requests>=2.30" "urllib3>=2"'
    : 'pip install --upgrade "urllib3>=2"';
}

export function versionOf(client: Client | null, name: string): string | null {
  return client?.layers.find((layer) => layer.name === name)?.version ?? null;
}

export function majorOf(version: string): number {
  return Number.parseInt(version, 10);
}

/** What to do about a status of 400 or above. */
export function statusAdvice(context: Context, response: ResponseMessage): Advice[] {
  const { request } = context.exchange;
  switch (response.status) {
    case 400:
      return [say("Compare the request with what the server expects; the reply's body often says what is wrong.")];
    case 401:
      return [
        say(
          `Check the credentials. The server asks for: ${header(response, 'www-authenticate') ?? 'nothing it names'}.`,
        ),
      ];
    case 403:
      return [say('The server knows who asks and says no: check the permissions of the account or token.')];
    case 404:
    case 410:
      return [say('Check the URL, and the base URL that the program was configured with.')];
    case 405:
      return [
        say(`The server takes other methods for this URL: ${header(response, 'allow') ?? 'it does not say which'}.`),
      ];
    case 407:
      return [say('Check the user name and password in the proxy setting (HTTP_PROXY, HTTPS_PROXY).')];
    case 408:
      return [say('The server waited too long for the request: send without pauses, or have its time limit raised.')];
    case 411:
      return [
        say('Send a body of known length: bytes or a file instead of a generator, so that Content-Length is set.'),
      ];
    case 413:
      return [
        say(
          `Send less than ${bytes(request?.bodyAnnounced ?? context.exchange.bytes.handed.value ?? 0)} at once (split or compress the upload), or ask for the server's limit to be raised.`,
        ),
        ...serverLimit(response),
      ];
    case 414:
      return [say('Move parameters from the URL to the body.')];
    case 415:
      return [say('Check the Content-Type of the body against what the server takes.')];
    case 417:
      return [say('Send without "Expect: 100-continue".')];
    case 429:
    case 503: {
      const after = header(response, 'retry-after');
      return [
        say(
          after
            ? `Try again after what the server asks for: Retry-After: ${after}.`
            : 'Try again later, waiting longer each time.',
        ),
      ];
    }
    case 431:
      return [say('Send fewer or shorter headers; cookies are the usual cause.')];
    case 502:
    case 504:
      return [
        say("A gateway answered for a server behind it that did not: look at that server and at the gateway's log."),
      ];
    default:
      return response.status >= 500
        ? [say('The server failed: look at its log for the time of this request.')]
        : [say("The reply's body may say what is wrong with the request.")];
  }
}

/** Where the limit of a body is set, for servers that name themselves. */
function serverLimit(response: ResponseMessage): Advice[] {
  const server = header(response, 'server') ?? '';
  if (/^(nginx|openresty|tengine)/i.test(server)) {
    return [
      say(
        "If the server is yours: this limit is nginx's client_max_body_size (1 MB unless set).",
        'client_max_body_size 20m;',
      ),
    ];
  }
  if (/^apache/i.test(server)) {
    return [
      say("If the server is yours: this limit is Apache's LimitRequestBody, in bytes.", 'LimitRequestBody 20971520'),
    ];
  }
  return [];
}

/** How a program of that library is told to trust a certificate authority. */
export function trustAdvice(context: Context): Advice {
  const text = 'If you know this server and trust it, give its certificate authority to the program';
  switch (context.client?.name) {
    case 'requests':
      return say(`${text}; requests reads REQUESTS_CA_BUNDLE.`, 'REQUESTS_CA_BUNDLE=ca.pem');
    case 'botocore':
      return say(`${text}; botocore reads AWS_CA_BUNDLE.`, 'AWS_CA_BUNDLE=ca.pem');
    default:
      return say(`${text}.`, 'SSL_CERT_FILE=ca.pem');
  }
}

/** How the time limit is set in that library. */
export function timeoutAdvice(context: Context, what: 'connect' | 'read'): Advice {
  switch (context.client?.name) {
    case 'requests':
      return say('requests takes both limits, connect and read, in seconds.', 'requests.post(url, timeout=(5, 60))');
    case 'urllib':
      return say("urllib's timeout counts for each single operation, in seconds.", 'urlopen(request, timeout=60)');
    case 'http.client':
      return say(
        "http.client's timeout counts for each single operation, in seconds.",
        'HTTPConnection(host, timeout=60)',
      );
    case 'urllib3':
      return say('urllib3 takes both limits, in seconds.', 'urllib3.Timeout(connect=5, read=60)');
    case 'httpx':
      return say('httpx takes a limit for each step, in seconds.', 'httpx.Timeout(60, connect=5)');
    case 'aiohttp':
      return say(
        'aiohttp takes limits in seconds.',
        what === 'connect' ? 'aiohttp.ClientTimeout(sock_connect=5)' : 'aiohttp.ClientTimeout(sock_read=60)',
      );
    default:
      return say("The socket's timeout is the limit of each single operation, in seconds.", 'sock.settimeout(60)');
  }
}
