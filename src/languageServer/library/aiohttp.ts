import type { CallFact, LibraryTable } from './facts';

const BODY = { keywords: ['data', 'json'] };
const VERIFY = { place: { keywords: ['ssl', 'verify_ssl'] }, off: ['False'] };

// a session waits five minutes by default, so a missing timeout is no matter here
const sending: CallFact = {
  send: { what: 'request', body: BODY },
  returns: 'aiohttp.ClientResponse',
  verify: VERIFY,
  body: { keywords: ['data'] },
  takesFile: true,
};
const webSocket: CallFact = {
  send: { what: 'request', body: 'never' },
  returns: 'aiohttp.ClientWebSocketResponse',
  verify: VERIFY,
};
const message: CallFact = { send: { what: 'message', body: 'always' } };
const verbs = ['get', 'options', 'head', 'post', 'put', 'patch', 'delete', 'request'];

export const aiohttp: LibraryTable = {
  name: 'aiohttp',
  functions: { 'aiohttp.request': sending },
  classes: {
    'aiohttp.ClientSession': {
      methods: { ...Object.fromEntries(verbs.map((name) => [name, sending])), ws_connect: webSocket },
    },
    'aiohttp.ClientWebSocketResponse': {
      methods: { send_str: message, send_bytes: message, send_json: message, send_frame: message },
    },
    'aiohttp.ClientResponse': {},
    'aiohttp.TCPConnector': { construct: { verify: VERIFY } },
    'aiohttp.test_utils.TestClient': {
      bases: ['aiohttp.ClientSession'],
      attributes: { session: 'aiohttp.ClientSession' },
    },
  },
  aliases: {
    'aiohttp.client.ClientSession': 'aiohttp.ClientSession',
    'aiohttp.client.request': 'aiohttp.request',
    'aiohttp.client_ws.ClientWebSocketResponse': 'aiohttp.ClientWebSocketResponse',
    'aiohttp.client_reqrep.ClientResponse': 'aiohttp.ClientResponse',
    'aiohttp.connector.TCPConnector': 'aiohttp.TCPConnector',
  },
};
