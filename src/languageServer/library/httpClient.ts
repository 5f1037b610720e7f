import type { LibraryTable } from './facts';

/** host, port, timeout; HTTPSConnection has only keywords since Python 3.12 */
const TIMEOUT = { keywords: ['timeout'], position: 2 };
const BODY = { keywords: ['body'], position: 2 };

export const httpClient: LibraryTable = {
  name: 'http.client',
  functions: {},
  classes: {
    'http.client.HTTPConnection': {
      methods: {
        request: { send: { what: 'request', body: BODY }, body: BODY },
        endheaders: { send: { what: 'request', body: { keywords: ['message_body'], position: 0 } } },
        send: { send: { what: 'bytes', body: 'always' }, body: { keywords: ['data'], position: 0 } },
        _send_request: { send: { what: 'request', body: BODY } },
        _send_output: { send: { what: 'request', body: { keywords: ['message_body'], position: 0 } } },
      },
      attributes: { sock: 'socket.socket' },
      construct: { timeout: TIMEOUT },
    },
    'http.client.HTTPSConnection': {
      bases: ['http.client.HTTPConnection'],
      construct: { timeout: { keywords: ['timeout'], position: 4 } },
    },
  },
  aliases: {
    httplib: 'http.client',
    'six.moves.http_client': 'http.client',
    'future.moves.http.client': 'http.client',
  },
};
