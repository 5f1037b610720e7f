"""Hands over two bodies in one send each, and says which threads it finds then. Usage: long_send.py PORT BYTES."""

import socket
import sys
import threading

with socket.create_connection(("127.0.0.1", int(sys.argv[1]))) as connection:
    before = threading.enumerate()
    body = bytes(int(sys.argv[2]))
    connection.sendall(body[: len(body) // 3])
    connection.recv(1)  # @between
    connection.sendall(body)
    print("as before" if threading.enumerate() == before else threading.enumerate(), flush=True)  # @sent
