import type { CallFact, LibraryTable } from './facts';

const DATA = { keywords: ['data'], position: 1 };
const TIMEOUT = { keywords: ['timeout'] };
const VERIFY = { place: { keywords: ['verify'] }, off: ['False'] };

/** A call that takes `data` at this position, besides `json` and `files`. */
function sending(position: number | null, always = false): CallFact {
  const place = position === null ? {} : { position };
  return {
    send: { what: 'request', body: always ? 'always' : { keywords: ['data', 'json', 'files'], ...place } },
    returns: 'requests.Response',
    timeout: TIMEOUT,
    verify: VERIFY,
    body: { keywords: ['data'], ...place },
    takesFile: true,
  };
}

const verbs: Record<string, CallFact> = {
  get: sending(null),
  options: sending(null),
  head: sending(null),
  delete: sending(null),
  post: sending(DATA.position),
  put: sending(DATA.position),
  patch: sending(DATA.position),
};

export const requests: LibraryTable = {
  name: 'requests',
  functions: {
    ...Object.fromEntries(Object.entries(verbs).map(([name, fact]) => [`requests.${name}`, fact])),
    'requests.request': sending(null),
    'requests.session': { returns: 'requests.Session' },
  },
  classes: {
    'requests.Session': {
      methods: {
        ...verbs,
        // method, url, params, data
        request: sending(3),
        send: {
          send: { what: 'request', body: { keywords: [] } },
          returns: 'requests.Response',
          timeout: TIMEOUT,
          verify: VERIFY,
        },
        get_adapter: { returns: 'requests.adapters.HTTPAdapter' },
      },
    },
    'requests.adapters.HTTPAdapter': {
      methods: { send: { send: { what: 'request', body: { keywords: [] } }, returns: 'requests.Response' } },
      attributes: { poolmanager: 'urllib3.PoolManager' },
    },
    'requests.Response': { attributes: { raw: 'urllib3.HTTPResponse' } },
    'requests_toolbelt.sessions.BaseUrlSession': { bases: ['requests.Session'] },
  },
  aliases: {
    'requests.api': 'requests',
    'requests.sessions.Session': 'requests.Session',
    'requests.sessions.session': 'requests.session',
    'requests.models.Response': 'requests.Response',
    'requests.adapters.BaseAdapter': 'requests.adapters.HTTPAdapter',
    'requests.packages.urllib3': 'urllib3',
    'requests_toolbelt.BaseUrlSession': 'requests_toolbelt.sessions.BaseUrlSession',
  },
};
