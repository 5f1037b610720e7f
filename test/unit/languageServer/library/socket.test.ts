import { assertSends } from '../support/source';

describe('socket', () => {
  it('sends through sockets however they were made', () =>
    assertSends(`
import socket, ssl
s = socket.socket()
s.connect(('h', 1))
s.send(b'')  #> socket socket.send
s.sendto(b'', a)  #> socket socket.sendto
socket.create_connection(('h', 1)).sendall(b'')  #> socket socket.sendall
a, b = socket.socketpair()
b.sendmsg([b''])  #> socket socket.sendmsg
connection, address = s.accept()
connection.sendall(b'')  #> socket socket.sendall
context = ssl.create_default_context()
with context.wrap_socket(s) as tls:
    tls.sendfile(f)  #> socket SSLSocket.sendfile
s.makefile('wb').write(b'')  #> socket SocketIO.write
s.recv(1)
`));

  it('sends in the handlers of socketserver and through event loops', () =>
    assertSends(`
import asyncio, socketserver
class Handler(socketserver.BaseRequestHandler):
    def handle(self):
        self.request.sendall(b'')  #> socket socket.sendall
async def main(sock):
    loop = asyncio.get_running_loop()
    await loop.sock_sendall(sock, b'')  #> socket AbstractEventLoop.sock_sendall
    loop.call_soon(print)
`));

  it('leaves what is no socket alone', () =>
    assertSends(`
import socket
generator.send(None)
pipe.send(b'')
self.send(b'')
sys.stdout.write('a')
`));
});
