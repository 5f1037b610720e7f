import type { CallFact, LibraryTable } from './facts';

const message: CallFact = { send: { what: 'message', body: 'always' } };
/** host, port, local_hostname, timeout */
const TIMEOUT = { keywords: ['timeout'], position: 3 };

/** Commands of the protocol (login, quit) carry no data of the program's and are left out. */
export const smtplib: LibraryTable = {
  name: 'smtplib',
  functions: {},
  classes: {
    'smtplib.SMTP': {
      methods: { sendmail: message, send_message: message, data: message, send: message },
      attributes: { sock: 'socket.socket' },
      construct: { timeout: TIMEOUT },
    },
    // keyfile and certfile came before it until Python 3.12
    'smtplib.SMTP_SSL': { bases: ['smtplib.SMTP'], construct: { timeout: { keywords: ['timeout'], position: 5 } } },
    'smtplib.LMTP': { bases: ['smtplib.SMTP'], construct: {} },
  },
};
