"""Beginnings of programs that do TLS in memory: their arguments are a port and a certificate to trust."""

CLIENT = """
    import asyncio, socket, ssl, sys
    context = ssl.create_default_context(cafile=sys.argv[2])
    port = int(sys.argv[1])
"""
# By hand, in a blocking program: what OpenSSL wants to send goes out, what it wants to read comes in.
BY_HAND = (
    CLIENT
    + """
    incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
    tls = context.wrap_bio(incoming, outgoing, server_hostname="localhost")
    def until(function, *arguments):
        while True:
            try:
                result = function(*arguments)
            except ssl.SSLWantReadError:
                result = None
            if outgoing.pending:
                sock.sendall(outgoing.read())
            if result is not None:
                return result
            incoming.write(sock.recv(65536))
    def handshake():
        tls.do_handshake()
        return True
"""
)
