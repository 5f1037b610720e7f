import type { CallFact, ClassFact, LibraryTable } from './facts';

const VERIFY = { place: { keywords: ['cert_reqs'] }, off: ['CERT_NONE', 'NONE', 'ssl.CERT_NONE'] };

/** A call that takes the body at this position, besides `fields` and `json`. */
function sending(position: number | null): CallFact {
  const place = position === null ? {} : { position };
  return {
    send: { what: 'request', body: { keywords: ['body', 'fields', 'json'], ...place } },
    returns: 'urllib3.HTTPResponse',
    body: { keywords: ['body'], ...place },
  };
}

const pool: ClassFact = {
  methods: {
    // method, url, body
    request: sending(2),
    urlopen: sending(2),
    request_encode_url: sending(null),
    request_encode_body: sending(2),
    _make_request: sending(3),
  },
  construct: { verify: VERIFY },
};
const manager: ClassFact = {
  methods: {
    ...pool.methods,
    urlopen: sending(null),
    connection_from_host: { returns: 'urllib3.HTTPConnectionPool' },
    connection_from_url: { returns: 'urllib3.HTTPConnectionPool' },
    connection_from_context: { returns: 'urllib3.HTTPConnectionPool' },
    connection_from_pool_key: { returns: 'urllib3.HTTPConnectionPool' },
  },
  construct: { verify: VERIFY },
};

export const urllib3: LibraryTable = {
  name: 'urllib3',
  functions: {
    'urllib3.request': sending(2),
    'urllib3.connection_from_url': { returns: 'urllib3.HTTPConnectionPool' },
    'urllib3.proxy_from_url': { returns: 'urllib3.PoolManager' },
  },
  classes: {
    'urllib3.PoolManager': manager,
    'urllib3.ProxyManager': { bases: ['urllib3.PoolManager'], construct: { verify: VERIFY } },
    'urllib3.HTTPConnectionPool': {
      ...pool,
      methods: {
        ...pool.methods,
        _get_conn: { returns: 'urllib3.connection.HTTPConnection' },
        _new_conn: { returns: 'urllib3.connection.HTTPConnection' },
      },
    },
    'urllib3.HTTPSConnectionPool': { bases: ['urllib3.HTTPConnectionPool'], construct: { verify: VERIFY } },
    'urllib3.connection.HTTPConnection': {
      bases: ['http.client.HTTPConnection'],
      methods: { request: sending(2), request_chunked: sending(2) },
      construct: {},
    },
    'urllib3.connection.HTTPSConnection': { bases: ['urllib3.connection.HTTPConnection'], construct: {} },
    'urllib3.HTTPResponse': {},
  },
  aliases: {
    'urllib3.poolmanager.PoolManager': 'urllib3.PoolManager',
    'urllib3.poolmanager.ProxyManager': 'urllib3.ProxyManager',
    'urllib3.poolmanager.proxy_from_url': 'urllib3.proxy_from_url',
    'urllib3.connectionpool.HTTPConnectionPool': 'urllib3.HTTPConnectionPool',
    'urllib3.connectionpool.HTTPSConnectionPool': 'urllib3.HTTPSConnectionPool',
    'urllib3.connectionpool.connection_from_url': 'urllib3.connection_from_url',
    'urllib3.connectionpool.HTTPConnection': 'urllib3.connection.HTTPConnection',
    'urllib3.connectionpool.HTTPSConnection': 'urllib3.connection.HTTPSConnection',
    'urllib3._request_methods.RequestMethods': 'urllib3.PoolManager',
    'urllib3.request.RequestMethods': 'urllib3.PoolManager',
    'urllib3.response.HTTPResponse': 'urllib3.HTTPResponse',
    'urllib3.contrib.socks.SOCKSProxyManager': 'urllib3.ProxyManager',
  },
};
