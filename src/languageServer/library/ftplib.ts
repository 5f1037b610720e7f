import type { CallFact, LibraryTable } from './facts';

const COMMAND = { keywords: ['cmd'], position: 0 };
/** `connect` takes host, port, timeout. */
const CONNECTS = { host: { keywords: ['host'], position: 0 }, timeout: { keywords: ['timeout'], position: 2 } };
const store: CallFact = { send: { what: 'file', body: 'always' } };
/** The data connection is an upload when the command stores. */
const transfer: CallFact = {
  send: { what: 'file', body: 'always', onlyIf: { place: COMMAND, begins: /^(stor|stou|appe)\b/i } },
};

export const ftplib: LibraryTable = {
  name: 'ftplib',
  functions: {},
  classes: {
    'ftplib.FTP': {
      methods: {
        storbinary: store,
        storlines: store,
        transfercmd: { ...transfer, returns: 'socket.socket' },
        ntransfercmd: { ...transfer, returns: ['socket.socket', null] },
      },
      attributes: { sock: 'socket.socket' },
      // host, user, passwd, acct, timeout
      construct: { timeout: { keywords: ['timeout'], position: 4 }, connects: CONNECTS },
    },
    'ftplib.FTP_TLS': { bases: ['ftplib.FTP'], construct: { timeout: { keywords: ['timeout'] }, connects: CONNECTS } },
  },
};
