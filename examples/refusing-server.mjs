// An upload server that behaves like the one of the original case: it answers 413 as soon as it has seen a request's
// head that announces more than 5 MB, and cuts the connection with the rest of the body unread. Smaller uploads get 201.
import { realpathSync } from 'node:fs';
import { createServer } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { pathToFileURL } from 'node:url';
import { makeCertificate } from './certificate.mjs';

export const LIMIT = 5 * 1024 * 1024;
const MAX_HEAD = 64 * 1024;

/**
 * Starts the server on 127.0.0.1, TLS and plain, on free ports.
 * @param {{certificate?: {cert: string, key: string}}} options a PEM pair; made on the spot when absent
 * @returns {Promise<{tlsUrl: string, plainUrl: string, certificate: string, stop: () => Promise<void>}>}
 */
export async function startRefusingServer({ certificate } = {}) {
  const { cert, key } = certificate ?? (await makeCertificate());
  const connections = new Set();
  const track = (raw) => {
    connections.add(raw);
    raw.setNoDelay(true);
    raw.on('close', () => connections.delete(raw));
    raw.on('error', () => raw.destroy());
  };
  const plain = createServer((socket) => {
    track(socket);
    serve(socket, socket);
  });
  const tls = createTlsServer({ cert, key });
  // the raw connection is what has to be cut: a TLS socket would say goodbye first
  const raws = new Map();
  tls.on('connection', (raw) => {
    track(raw);
    raws.set(`${raw.remotePort}`, raw);
    raw.on('close', () => raws.delete(`${raw.remotePort}`));
  });
  tls.on('tlsClientError', () => {
    // a client that does not trust the certificate; it is told by TLS itself
  });
  tls.on('secureConnection', (socket) => serve(socket, raws.get(`${socket.remotePort}`) ?? socket));
  const [plainPort, tlsPort] = await Promise.all([listen(plain), listen(tls)]);
  return {
    plainUrl: `http://localhost:${plainPort}`,
    tlsUrl: `https://localhost:${tlsPort}`,
    certificate: cert,
    async stop() {
      for (const connection of connections) connection.destroy();
      await Promise.all([plain, tls].map((server) => new Promise((resolve) => server.close(resolve))));
    },
  };
}

function listen(server) {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => resolve(server.address().port));
  });
}

/** Serves one request on a connection; `raw` is the TCP socket under it. */
function serve(socket, raw) {
  let head = Buffer.alloc(0);
  let left = null;
  socket.on('error', () => raw.destroy());
  socket.on('data', (chunk) => {
    if (left === null) {
      head = Buffer.concat([head, chunk]);
      const end = head.indexOf('\r\n\r\n');
      if (end < 0) {
        if (head.length > MAX_HEAD) raw.destroy();
        return;
      }
      const length = Number(/^content-length:\s*(\d+)/im.exec(head.toString('latin1', 0, end))?.[1] ?? 0);
      if (length > LIMIT) {
        socket.pause();
        socket.write(reply(413, 'Request Entity Too Large', REFUSAL, 'text/html'), () => raw.destroy());
        return;
      }
      left = length - (head.length - end - 4);
    } else {
      left -= chunk.length;
    }
    if (left <= 0) socket.end(reply(201, 'Created', '{"url":"https://localhost/a/335"}\n', 'application/json'));
  });
}

const REFUSAL =
  '<html>\r\n<head><title>413 Request Entity Too Large</title></head>\r\n' +
  '<body>\r\n<center><h1>413 Request Entity Too Large</h1></center>\r\n</body>\r\n</html>\r\n';

function reply(status, reason, body, type) {
  return (
    `HTTP/1.1 ${status} ${reason}\r\nServer: framewire-example\r\nDate: ${new Date().toUTCString()}\r\n` +
    `Content-Type: ${type}\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`
  );
}

// a program that lies behind a link is known by its real path
if (process.argv[1] && import.meta.url === pathToFileURL(realpathSync(process.argv[1])).href) {
  const { stop: _, ...server } = await startRefusingServer();
  if (process.send) {
    // a parent that has started it with a channel is told, and takes it along when it ends
    process.once('disconnect', () => process.exit());
    process.send(server);
  } else {
    process.stdout.write(`${server.tlsUrl}\n${server.plainUrl}\n`);
  }
}
