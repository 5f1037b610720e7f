import assert from 'node:assert/strict';
import { assertSends, hintsOf } from '../support/source';

describe('ftplib', () => {
  it('sends what it stores, not what it fetches', () =>
    assertSends(`
from ftplib import FTP, FTP_TLS
ftp = FTP('h')
ftp.login()
ftp.cwd('/')
ftp.storbinary('STOR a', f)  #> ftplib FTP.storbinary
ftp.storlines('STOR a', f)  #> ftplib FTP.storlines
ftp.retrbinary('RETR a', write)
FTP_TLS('h').storbinary('STOR a', f)  #> ftplib FTP_TLS.storbinary
`));

  it('tells the direction of a data connection by its command', () =>
    assertSends(`
import ftplib
ftp = ftplib.FTP('h')
connection = ftp.transfercmd(f'STOR {name}')  #> ftplib FTP.transfercmd
connection.sendall(b'')  #> socket socket.sendall
ftp.transfercmd('APPE ' + name)  #> ftplib FTP.transfercmd
ftp.ntransfercmd('STOU %s' % name)  #> ftplib FTP.ntransfercmd
ftp.transfercmd('LIST')
ftp.transfercmd(command)
`));

  it('may be given its timeout when it connects', () => {
    const made = (connect: string) => `import ftplib\nftp = ftplib.FTP()  # made\n${connect}\n`;
    assert.equal(hintsOf(made('ftp.connect(host)'), 'missingTimeout').length, 1);
    assert.equal(hintsOf(made('ftp.connect(host, 21, 60)'), 'missingTimeout').length, 0);
    assert.equal(hintsOf(made('ftp.connect(host, timeout=60)'), 'missingTimeout').length, 0);
    const named = 'import ftplib\nftp = ftplib.FTP(host)\nother.connect(a, b, 60)\n';
    assert.equal(hintsOf(named, 'missingTimeout').length, 1);
  });
});
