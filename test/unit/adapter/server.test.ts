import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { PassThrough } from 'node:stream';
import type { Starter } from '../../../src/adapter/proxy/session';
import { serveSocket, serveStreams } from '../../../src/adapter/server';
import { Client } from '../../dap/harness/client';

const refuse: Starter = () => Promise.reject(new Error('not here'));

describe('where sessions come from', () => {
  it('serves one over a pair of streams, to its end', async () => {
    const [input, output] = [new PassThrough(), new PassThrough()];
    const service = serveStreams(input, output, refuse);
    const client = new Client(output, input);
    await client.request('initialize', {});
    await client.request('disconnect');
    await service.done;
  });

  it('serves many over a loopback port, and ends them all', async () => {
    const service = await serveSocket(0, refuse);
    const clients = await Promise.all([Client.toPort(service.port), Client.toPort(service.port)]);
    for (const { client } of clients) await client.request('initialize', {});
    await service.stop();
    await Promise.all(clients.map(({ client }) => client.closed()));
    await service.done;
  });

  it('does not listen on other interfaces', async () => {
    const service = await serveSocket(0, refuse);
    const reached = await new Promise<string>((resolve) => {
      // the whole of 127.0.0.0/8 is this machine: a server on every interface would answer here
      const socket = connect({ host: '127.0.0.2', port: service.port });
      socket
        .once('connect', () => resolve('connected'))
        .once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? ''));
    });
    await service.stop();
    assert.equal(reached, 'ECONNREFUSED');
  });

  it('tells when a port cannot be had', async () => {
    const service = await serveSocket(0, refuse);
    await assert.rejects(serveSocket(service.port, refuse), /EADDRINUSE/);
    await service.stop();
  });
});
