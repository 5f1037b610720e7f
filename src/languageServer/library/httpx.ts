import type { CallFact, ClassFact, LibraryTable } from './facts';

const BODY = { keywords: ['content', 'data', 'files', 'json'] };
const VERIFY = { place: { keywords: ['verify'] }, off: ['False'] };

// httpx waits five seconds by default, so a missing timeout is no matter here
const sending: CallFact = {
  send: { what: 'request', body: BODY },
  returns: 'httpx.Response',
  body: { keywords: ['content', 'data'] },
  takesFile: true,
};
const bodiless: CallFact = { send: { what: 'request', body: 'never' }, returns: 'httpx.Response' };
const verbs: Record<string, CallFact> = {
  get: bodiless,
  options: bodiless,
  head: bodiless,
  delete: bodiless,
  post: sending,
  put: sending,
  patch: sending,
  request: sending,
  stream: sending,
};

const client: ClassFact = {
  methods: { ...verbs, send: { send: { what: 'request', body: { keywords: [] } }, returns: 'httpx.Response' } },
  construct: { verify: VERIFY },
};
const transport: CallFact = { send: { what: 'request', body: { keywords: [] } }, returns: 'httpx.Response' };

export const httpx: LibraryTable = {
  name: 'httpx',
  functions: Object.fromEntries(
    Object.entries(verbs).map(([name, fact]) => [`httpx.${name}`, { ...fact, verify: VERIFY }]),
  ),
  classes: {
    'httpx.Client': client,
    'httpx.AsyncClient': client,
    'httpx.HTTPTransport': { methods: { handle_request: transport }, construct: { verify: VERIFY } },
    'httpx.AsyncHTTPTransport': { methods: { handle_async_request: transport }, construct: { verify: VERIFY } },
    'httpx.Response': {},
  },
  aliases: {
    'httpx._api': 'httpx',
    'httpx._client.Client': 'httpx.Client',
    'httpx._client.AsyncClient': 'httpx.AsyncClient',
    'httpx._transports.default.HTTPTransport': 'httpx.HTTPTransport',
    'httpx._transports.default.AsyncHTTPTransport': 'httpx.AsyncHTTPTransport',
    'httpx.BaseTransport': 'httpx.HTTPTransport',
    'httpx.AsyncBaseTransport': 'httpx.AsyncHTTPTransport',
    'httpx._transports.base.BaseTransport': 'httpx.HTTPTransport',
    'httpx._transports.base.AsyncBaseTransport': 'httpx.AsyncHTTPTransport',
  },
};
