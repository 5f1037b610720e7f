/** Where the behaviour behind a finding is specified. */

export const RFC = {
  tearDown: 'RFC 9112 section 9.6 (closing a connection)',
  earlyReply: 'RFC 9112 section 9.5 (replies while the body is sent)',
  retry: 'RFC 9112 section 9.3.1 (Retrying Requests)',
  persistence: 'RFC 9112 section 9.3 (Persistence)',
  interim: 'RFC 9110 section 15.2 (Informational 1xx)',
  earlyHints: 'RFC 8297 (103 Early Hints)',
  incomplete: 'RFC 9112 section 8 (Handling Incomplete Messages)',
  chunked: 'RFC 9112 section 7.1 (Chunked Transfer Coding)',
  expect: 'RFC 9110 section 10.1.1 (Expect: 100-continue)',
  tcpReset: 'RFC 9293 section 3.5.2 (Reset Generation)',
  tcpTimeout: 'RFC 9293 section 3.8.3 (TCP Connection Failures)',
  getaddrinfo: 'RFC 3493 section 6.1 (getaddrinfo)',
  unreachable: 'RFC 792 (ICMP Destination Unreachable)',
  tlsAlerts: 'RFC 8446 section 6 (Alert Protocol)',
  tlsVersions: 'RFC 8446 section 4.2.1 (Supported Versions)',
  clientCertificate: 'RFC 8446 section 4.4.2.4 (client authentication)',
  certificatePath: 'RFC 5280 section 6 (Certification Path Validation)',
  hostName: 'RFC 9525 (Service Identity in TLS)',
  proxy: 'RFC 9110 section 9.3.6 (CONNECT)',
} as const;

const NAMES: Readonly<Record<number, string>> = {
  400: '15.5.1 (400 Bad Request)',
  401: '15.5.2 (401 Unauthorized)',
  402: '15.5.3 (402 Payment Required)',
  403: '15.5.4 (403 Forbidden)',
  404: '15.5.5 (404 Not Found)',
  405: '15.5.6 (405 Method Not Allowed)',
  406: '15.5.7 (406 Not Acceptable)',
  407: '15.5.8 (407 Proxy Authentication Required)',
  408: '15.5.9 (408 Request Timeout)',
  409: '15.5.10 (409 Conflict)',
  410: '15.5.11 (410 Gone)',
  411: '15.5.12 (411 Length Required)',
  412: '15.5.13 (412 Precondition Failed)',
  413: '15.5.14 (413 Content Too Large)',
  414: '15.5.15 (414 URI Too Long)',
  415: '15.5.16 (415 Unsupported Media Type)',
  416: '15.5.17 (416 Range Not Satisfiable)',
  417: '15.5.18 (417 Expectation Failed)',
  421: '15.5.20 (421 Misdirected Request)',
  422: '15.5.21 (422 Unprocessable Content)',
  426: '15.5.22 (426 Upgrade Required)',
  500: '15.6.1 (500 Internal Server Error)',
  501: '15.6.2 (501 Not Implemented)',
  502: '15.6.3 (502 Bad Gateway)',
  503: '15.6.4 (503 Service Unavailable)',
  504: '15.6.5 (504 Gateway Timeout)',
  505: '15.6.6 (505 HTTP Version Not Supported)',
};
const ELSEWHERE: Readonly<Record<number, string>> = {
  428: 'RFC 6585 section 3 (428 Precondition Required)',
  429: 'RFC 6585 section 4 (429 Too Many Requests)',
  431: 'RFC 6585 section 5 (431 Request Header Fields Too Large)',
  511: 'RFC 6585 section 6 (511 Network Authentication Required)',
};

/** The definition of a status code; the chapter of its class for codes that have none. */
export function statusReference(status: number): string {
  const section = NAMES[status];
  if (section) return `RFC 9110 section ${section}`;
  const chapter = Math.floor(status / 100);
  return ELSEWHERE[status] ?? `RFC 9110 section 15.${chapter + 1} (status codes ${chapter}xx)`;
}
