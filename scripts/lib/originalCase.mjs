// The original case with its real actors: nginx that refuses more than 5 MB early, and the asciinema client.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeCertificate } from '../../examples/certificate.mjs';
import { root } from './paths.mjs';
import { runQuiet, which } from './run.mjs';

/** Bytes of the recording in the original case. */
export const ORIGINAL_SIZE = 12_444_283;

const SBIN = ['/usr/sbin', '/usr/local/sbin'];

/** Path of nginx, which Debian keeps off the PATH of ordinary users; null when it is not installed. */
export function findNginx() {
  return which('nginx') ?? SBIN.map((folder) => join(folder, 'nginx')).find((path) => existsSync(path)) ?? null;
}

/** Path of the asciinema client that is a Python program (2.x); null when it is not installed. */
export function findAsciinema() {
  const path = which('asciinema');
  return path !== null && readFileSync(path).subarray(0, 64).toString('latin1').includes('python') ? path : null;
}

/**
 * Starts nginx on free ports in a folder of its own.
 * @param {{protocol?: 'TLSv1.2' | 'TLSv1.3'}} options the one version of TLS it speaks; 1.3 as in the original case
 * @returns {Promise<{folder: string, tlsUrl: string, plainUrl: string, certificatePath: string,
 *   castPath: (bytes?: number) => string, environment: (url: string) => Record<string, string>, stop: () => Promise<void>}>}
 */
export async function startOriginalCase({ protocol = 'TLSv1.3' } = {}) {
  const nginx = findNginx();
  if (nginx === null) throw new Error('nginx is needed: apt-get install nginx');
  const folder = mkdtempSync(join(tmpdir(), 'framewire-original-'));
  mkdirSync(join(folder, 'body'));
  const { cert, key } = await makeCertificate();
  const certificatePath = join(folder, 'cert.pem');
  writeFileSync(certificatePath, cert);
  writeFileSync(join(folder, 'key.pem'), key, { mode: 0o600 });
  const { server, plainPort, tlsPort } = await startNginx(nginx, folder, protocol);
  return {
    folder,
    plainUrl: `http://localhost:${plainPort}`,
    tlsUrl: `https://localhost:${tlsPort}`,
    certificatePath,
    /** A valid recording of exactly so many bytes; made once per size. */
    castPath(bytes = ORIGINAL_SIZE) {
      const path = join(folder, bytes === ORIGINAL_SIZE ? 'demo.cast' : `demo-${bytes}.cast`);
      if (!existsSync(path)) {
        runQuiet('python3', [join(root, 'test/fixtures/make_cast.py'), path, String(bytes)], { what: 'make_cast.py' });
      }
      return path;
    },
    /** What the asciinema client needs in its environment to talk to `url`. */
    environment(url) {
      const home = join(folder, 'asciinema-home');
      mkdirSync(home, { recursive: true });
      return {
        ASCIINEMA_API_URL: url,
        ASCIINEMA_CONFIG_HOME: home,
        SSL_CERT_FILE: certificatePath,
        LC_ALL: 'C.UTF-8',
      };
    },
    async stop() {
      if (server.exitCode === null && server.signalCode === null) {
        const gone = once(server, 'exit');
        server.kill('SIGTERM');
        await gone;
      }
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** On ports that were free a moment ago; on others where somebody else was faster. */
async function startNginx(nginx, folder, protocol) {
  const template = readFileSync(join(root, 'test/fixtures/nginx.conf.in'), 'utf8');
  // as root nginx would drop to a user that may not write here
  const user = process.getuid?.() === 0 ? ' user root;' : '';
  for (let attempt = 1; ; attempt += 1) {
    const [plainPort, tlsPort] = await freePorts(2);
    const values = { DIR: folder, PLAIN_PORT: plainPort, TLS_PORT: tlsPort, PROTOCOL: protocol };
    writeFileSync(
      join(folder, 'nginx.conf'),
      template.replace(/@(\w+)@/g, (_, name) => String(values[name])),
    );
    const server = spawn(nginx, ['-p', folder, '-c', join(folder, 'nginx.conf'), '-g', `daemon off;${user}`], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let complaint = '';
    server.stderr.on('data', (chunk) => {
      complaint += chunk;
    });
    const ended = once(server, 'close');
    if (await isReady(server, join(folder, 'nginx.pid'))) return { server, plainPort, tlsPort };
    await ended;
    if (attempt === 5 || !complaint.includes('Address already in use')) {
      throw new Error(`nginx did not start: ${complaint}`);
    }
  }
}

/** Whether it came to write its process id, which nginx does when it listens; false when it has ended before. */
async function isReady(server, pidFile) {
  while (server.exitCode === null && server.signalCode === null) {
    if (existsSync(pidFile)) return true;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return false;
}

/** Ports that were free a moment ago, all different. */
async function freePorts(count) {
  const servers = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'));
  await Promise.all(servers.map((server) => once(server, 'listening')));
  const ports = servers.map((server) => server.address().port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}
