// Servers that misbehave in one chosen way each, on 127.0.0.1 and a free port.
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';

/**
 * @typedef {{port: number, stop: () => Promise<void>}} Server
 */

/** @returns {Promise<Server>} accepts and never answers, reading all the while */
export const silentServer = () => start(createServer((socket) => socket.resume()));

/** @returns {Promise<Server>} reads `bytes` of the request and then cuts the connection with a RST, without a word */
export const cuttingServer = (bytes) =>
  start(
    createServer((socket) => {
      let read = 0;
      socket.on('data', (chunk) => {
        read += chunk.length;
        if (read >= bytes) socket.resetAndDestroy();
      });
    }),
  );

/** @returns {Promise<Server>} reads one chunk and closes in order (FIN), without a reply */
export const closingServer = () => start(createServer((socket) => socket.once('data', () => socket.end())));

/** @returns {Promise<Server>} answers each request's first chunk with these bytes, then closes in order */
export const answeringServer = (reply) => start(createServer((socket) => socket.once('data', () => socket.end(reply))));

/** @returns {Promise<Server>} TLS with this certificate; answers 200 */
export const tlsServer = ({ cert, key, ...options }) =>
  start(
    createTlsServer({ cert, key, ...options }, (socket) => {
      socket.on('error', () => socket.destroy());
      socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok'));
    }),
  );

/**
 * A port on which nothing listens, and which the system gives to nobody while this process lives: a connection that was
 * accepted there keeps it taken.
 * @returns {Promise<number>}
 */
export async function closedPort() {
  const server = createServer((socket) => socket.on('error', () => undefined).unref()).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  const holder = connect(port, '127.0.0.1').on('error', () => undefined);
  await Promise.all([once(server, 'connection'), once(holder, 'connect')]);
  holder.unref();
  server.close();
  return port;
}

function start(server) {
  const sockets = new Set();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => sockets.delete(socket));
  });
  server.on('tlsClientError', () => undefined);
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () =>
      resolve({
        port: server.address().port,
        stop: () => {
          for (const socket of sockets) socket.destroy();
          return new Promise((done) => server.close(() => done()));
        },
      }),
    );
  });
}
