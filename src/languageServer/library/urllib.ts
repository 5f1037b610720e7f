import type { CallFact, LibraryTable } from './facts';

/** Addresses that lead to no network. */
const LOCAL = { place: { keywords: ['url', 'fullurl'], position: 0 }, begins: /^(?:file|data):/i };

const REQUEST = { keywords: ['url', 'fullurl'], position: 0 };

/** url, data, timeout */
const open: CallFact = {
  send: { what: 'request', body: { keywords: ['data'], position: 1 }, request: REQUEST, unless: LOCAL },
  body: { keywords: ['data'], position: 1 },
  timeout: { keywords: ['timeout'], position: 2 },
};
const legacyOpen: CallFact = {
  send: { what: 'request', body: { keywords: ['data'], position: 1 }, request: REQUEST, unless: LOCAL },
};

export const urllib: LibraryTable = {
  name: 'urllib.request',
  functions: {
    'urllib.request.urlopen': open,
    // it takes no timeout at all, so none is asked for
    'urllib.request.urlretrieve': {
      send: { what: 'request', body: { keywords: ['data'], position: 3 }, unless: LOCAL },
    },
    'urllib.request.build_opener': { returns: 'urllib.request.OpenerDirector' },
  },
  classes: {
    'urllib.request.OpenerDirector': { methods: { open, _open: legacyOpen } },
    'urllib.request.URLopener': {
      methods: { open: legacyOpen, retrieve: legacyOpen, open_http: legacyOpen, open_https: legacyOpen },
    },
    'urllib.request.FancyURLopener': { bases: ['urllib.request.URLopener'] },
    'urllib.request.Request': { construct: { body: { keywords: ['data'], position: 1 } } },
    'urllib.request.AbstractHTTPHandler': { methods: { do_open: legacyOpen } },
    'urllib.request.HTTPHandler': { bases: ['urllib.request.AbstractHTTPHandler'] },
    'urllib.request.HTTPSHandler': { bases: ['urllib.request.AbstractHTTPHandler'] },
  },
  aliases: {
    // Python 2, in files that still try both
    urllib2: 'urllib.request',
    'urllib.urlopen': 'urllib.request.urlopen',
    'urllib.urlretrieve': 'urllib.request.urlretrieve',
    'six.moves.urllib': 'urllib',
    'future.moves.urllib': 'urllib',
  },
};
