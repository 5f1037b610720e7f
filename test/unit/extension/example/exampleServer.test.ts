import assert from 'node:assert/strict';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { connect } from 'node:net';
import { join } from 'node:path';
import { type ExampleServer, ExampleServers } from '../../../../src/extension/example/exampleServer';
import { checkout } from '../../../support/checkout';
import { useTempFolder } from '../../../support/tempFolder';

const SCRIPT = join(checkout, 'examples/refusing-server.mjs');

/** The status that an announced body of this size is answered with; nothing of it is sent. */
async function statusFor({ tlsUrl, certificate }: ExampleServer, size: number): Promise<number | undefined> {
  const sent = request(tlsUrl, { method: 'POST', ca: certificate, headers: { 'content-length': size }, agent: false });
  sent.flushHeaders();
  if (size === 0) sent.end();
  const [reply] = await once(sent, 'response');
  sent.on('error', () => undefined);
  sent.destroy();
  return reply.statusCode;
}

describe("the example's server", () => {
  const temp = useTempFolder();
  const servers = new ExampleServers(SCRIPT);
  afterEach(() => servers.dispose());

  it('takes small uploads and refuses large ones, and is trusted by its certificate', async () => {
    const server = await servers.start();
    assert.equal(await statusFor(server, 12_444_711), 413);
    assert.equal(await statusFor(server, 0), 201);
  });

  it('is started once, and ends when it is disposed of', async () => {
    const server = await servers.start();
    assert.equal(await servers.start(), server);
    const connection = connect(Number(new URL(server.tlsUrl).port), '127.0.0.1');
    await once(connection, 'connect');
    // it may be closed in order or reset: both are an end
    connection.on('error', () => undefined);
    const closed = new Promise((resolve) => connection.once('close', resolve));
    servers.dispose();
    await closed;
    assert.notEqual((await servers.start()).tlsUrl, server.tlsUrl);
  });

  it('says why it does not start, and can be tried again', async () => {
    const script = join(temp.path, 'broken.mjs');
    writeFileSync(script, 'throw new Error("no port left");');
    const broken = new ExampleServers(script);
    await assert.rejects(broken.start(), /no port left/);
    await assert.rejects(broken.start(), /no port left/);
  });
});
