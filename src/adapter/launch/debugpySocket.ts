/** Reaches a debugpy that listens on a port: that of a program, or the adapter of a parent's session for its children. */
import { connect, type Socket } from 'node:net';
import type { LaunchError } from '../../launch/errors';
import type { Backend } from '../proxy/backend';
import { Connection } from '../proxy/connection';
import { isJson, type Json } from '../proxy/message';
import { invalidConfiguration } from './errors';

export interface Address {
  readonly host: string;
  readonly port: number;
}

/** Whether an `attach` request is meant for a child process that debugpy has announced. */
export function isChildAttach(configuration: Json): boolean {
  return Number.isInteger(configuration.subProcessId);
}

/**
 * @param name the attribute that holds it
 * @throws LaunchError InvalidConfiguration
 */
export function addressOf(where: unknown, name: string): Address {
  const port = isJson(where) ? where.port : undefined;
  const host = isJson(where) ? (where.host ?? '127.0.0.1') : undefined;
  if (typeof host !== 'string' || !Number.isInteger(port) || (port as number) < 1 || (port as number) > 65535) {
    throw invalidConfiguration(`"${name}" must have the "host" and "port" of the debugger`);
  }
  return { host, port: port as number };
}

/** @throws what `unreachable` makes of the address and the reason */
export function connectToDebugpy(
  { host, port }: Address,
  unreachable: (address: string, reason: string) => LaunchError,
): Promise<Backend> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, noDelay: true });
    const refused = (error: Error) => reject(unreachable(`${host}:${port}`, error.message));
    socket.once('error', refused);
    socket.once('connect', () => {
      socket.off('error', refused);
      resolve(backendOf(socket));
    });
  });
}

function backendOf(socket: Socket): Backend {
  let reason = 'closed the connection';
  const ended = new Promise<{ how: string; said: string }>((resolve) => {
    socket.on('error', (error) => {
      reason = `closed the connection (${error.message})`;
    });
    // debugpy closes its half when the session is over; ours must follow, or neither would ever be closed
    socket.on('end', () => socket.end());
    socket.on('close', () => resolve({ how: reason, said: '' }));
  });
  return { connection: new Connection(socket, socket), ended, kill: () => socket.destroy() };
}
