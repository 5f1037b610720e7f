/** A capture of very many small exchanges, written in a moment as the recorder would have written it. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileHeader, ioRecord, jsonRecord, stackRecord } from './captureWriter';

/** Each connection carries so many. */
const PER_CONNECTION = 100;

/**
 * `GET /item/<index>`, one after the other; every fiftieth is answered with 503.
 * @param around records before and after them, of a process that has not told of its end
 */
export function writeManyExchanges(
  folder: string,
  count: number,
  around: { readonly first: readonly Uint8Array[]; readonly last: readonly Uint8Array[] } | null = null,
): void {
  const records: Uint8Array[] = [
    fileHeader({ flags: around ? 0 : 1 }),
    jsonRecord('process', 0, { pid: 100, ppid: 1, python: '3.11.2', argv: ['python3', 'busy.py'], platform: 'linux' }),
    jsonRecord('thread', 0, { id: 1, ident: 1, name: 'MainThread' }),
    jsonRecord('code', 0, { id: 1, file: '/home/user/busy.py', name: 'work', line: 1 }),
    stackRecord(1, 0, [[1, 10]]),
    ...(around?.first ?? []),
  ];
  let at = 1_000_000;
  for (let index = 0, socket = 0, up = 0, down = 0; index < count; index += 1) {
    if (index % PER_CONNECTION === 0) {
      socket += 1;
      up = 0;
      down = 0;
      records.push(
        jsonRecord('socket', at, {
          id: socket,
          family: 'AF_INET',
          type: 'SOCK_STREAM',
          how: 'created',
          thread: 1,
          stack: 1,
        }),
        jsonRecord('connect', at, {
          socket,
          thread: 1,
          stack: 1,
          duration: 1000,
          family: 'AF_INET',
          address: '127.0.0.1',
          port: 80,
          result: 'connected',
        }),
      );
    }
    const request = `GET /item/${index} HTTP/1.1\r\nHost: example.org\r\n\r\n`;
    const reply = `HTTP/1.1 ${index % 50 === 7 ? '503 Busy' : '200 OK'}\r\nContent-Length: 2\r\n\r\nok`;
    records.push(
      ioRecord({
        socket,
        op: 2,
        stack: 1,
        at,
        handed: request.length,
        result: request.length,
        offset: up,
        payload: request,
      }),
      ioRecord({
        socket,
        op: 18,
        stack: 1,
        at: at + 50_000,
        handed: 8192,
        result: reply.length,
        offset: down,
        payload: reply,
      }),
    );
    up += request.length;
    down += reply.length;
    at += 100_000;
    if (index % PER_CONNECTION === PER_CONNECTION - 1)
      records.push(jsonRecord('close', at, { socket, thread: 1, stack: 1, how: 'close' }));
  }
  records.push(...(around?.last ?? [jsonRecord('end', at, { droppedPayload: 0 })]));
  writeFileSync(join(folder, 'process-100-0.fwp'), Buffer.concat(records));
}
