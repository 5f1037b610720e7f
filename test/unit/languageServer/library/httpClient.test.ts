import { assertSends } from '../support/source';

describe('http.client', () => {
  it('sends with request, endheaders and send', () =>
    assertSends(`
import http.client
from http.client import HTTPSConnection
connection = http.client.HTTPConnection('h')
connection.request('GET', '/')  #> http.client HTTPConnection.request
connection.putrequest('PUT', '/')
connection.putheader('a', 'b')
connection.endheaders()  #> http.client HTTPConnection.endheaders
connection.send(b'')  #> http.client HTTPConnection.send
connection.getresponse()
HTTPSConnection('h').request('POST', '/', b'')  #> http.client HTTPSConnection.request
connection.sock.sendall(b'')  #> socket socket.sendall
`));

  it('sends when the method is taken from the class', () =>
    assertSends(`
import http.client
class Verified(http.client.HTTPSConnection):
    def request(self, *args):
        http.client.HTTPSConnection.request(self, *args)  #> http.client HTTPSConnection.request
        super().request(*args)  #> http.client HTTPSConnection.request
`));
});
