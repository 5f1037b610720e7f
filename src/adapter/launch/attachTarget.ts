/** What an `attach` request names: a debugpy that listens, a process, or a port on which to wait for a program. */
import { resolve } from 'node:path';
import { type WireOptions, wireOptions } from '../../messages/wireOptions';
import { isJson, type Json } from '../proxy/message';
import { type Address, addressOf } from './debugpySocket';
import { invalidConfiguration } from './errors';

export type AttachTarget =
  | { readonly kind: 'connect'; readonly address: Address }
  /** Through debugpy's adapter, which injects itself into the process or listens. */
  | { readonly kind: 'process'; readonly processId: number }
  | { readonly kind: 'listen' };

export interface AttachConfiguration {
  readonly target: AttachTarget;
  readonly wire: WireOptions;
  /** Where the capture's folder goes unless it is named; absolute. */
  readonly cwd: string;
  /** What is recorded, for people. */
  readonly command: readonly string[];
}

/** @throws LaunchError InvalidConfiguration */
export function readAttachConfiguration(configuration: Json): AttachConfiguration {
  const wrong = configuration.wire === undefined ? null : wireOptions.check(configuration.wire, 'wire');
  if (wrong) throw invalidConfiguration(wrong);
  const { cwd } = configuration;
  if (cwd !== undefined && typeof cwd !== 'string') throw invalidConfiguration('"cwd" must be a string');
  const target = targetOf(configuration);
  return {
    target,
    wire: (configuration.wire ?? {}) as WireOptions,
    cwd: resolve(cwd || '.'),
    command: ['attach', nameOf(target, configuration)],
  };
}

function targetOf(configuration: Json): AttachTarget {
  const named = ['connect', 'listen', 'processId'].filter((name) => configuration[name] != null);
  if (named.length !== 1) {
    throw invalidConfiguration('exactly one of "connect", "listen" and "processId" says what to attach to');
  }
  if (named[0] === 'connect') return { kind: 'connect', address: addressOf(configuration.connect, 'connect') };
  if (named[0] === 'listen') {
    if (!isJson(configuration.listen)) throw invalidConfiguration('"listen" must have a "port"');
    return { kind: 'listen' };
  }
  const processId = Number(configuration.processId);
  if (!Number.isSafeInteger(processId) || processId < 1) {
    throw invalidConfiguration('"processId" must be the number of a process');
  }
  return { kind: 'process', processId };
}

function nameOf(target: AttachTarget, { listen }: Json): string {
  if (target.kind === 'connect') return `${target.address.host}:${target.address.port}`;
  if (target.kind === 'process') return `process ${target.processId}`;
  return isJson(listen) ? `${listen.host ?? '127.0.0.1'}:${listen.port}` : '';
}

/** Whether a program at this address shares our file system, which the probe and its capture need. */
export function isHere({ target }: AttachConfiguration): boolean {
  if (target.kind !== 'connect') return true;
  const { host } = target.address;
  return host === 'localhost' || host === '::1' || /^127\./.test(host);
}
