import { assertSends } from '../support/source';

describe('calls that give away what they are made on', () => {
  it('are found on objects that come from elsewhere', () =>
    assertSends(`
import asyncio, ftplib

class Connection:
    def __init__(self, loop, sock):
        self.loop = loop

    async def write(self, data):
        await self.loop.sock_sendall(self.sock, data)  #> socket AbstractEventLoop.sock_sendall

def store(ftp, name, source):
    ftp.storbinary('STOR ' + name, source)  #> ftplib FTP.storbinary

def keep(s3, name, body):
    s3.put_object(Bucket=name, Key='k', Body=body)  #> boto3 Client.put_object
    s3.generate_presigned_url('get_object', Bucket=name)
    s3.Object(Bucket=name)
    make(Bucket=name)
`));

  it('are not looked for where it is known what an object is', () =>
    assertSends(`
class Store:
    def put_object(self, Bucket):
        pass
Store().put_object(Bucket='b')
`));
});
