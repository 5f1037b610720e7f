/** The names that addresses have in the reverse zones: who the peer says it is. */
import { lookupService } from 'node:dns/promises';

export type ReverseLookup = (address: string, port: number) => Promise<{ hostname: string }>;

/**
 * Names by address; addresses without one, or without an answer in time, are left out. Never rejects.
 * @param limit milliseconds for all of them together
 */
export async function reverseNames(
  peers: readonly { readonly address: string; readonly port: number }[],
  limit = 1000,
  lookup: ReverseLookup = lookupService,
): Promise<ReadonlyMap<string, string>> {
  const names = new Map<string, string>();
  const unique = [...new Map(peers.map((peer) => [peer.address, peer])).values()];
  const searches = unique.map(async ({ address, port }) => {
    try {
      const { hostname } = await lookup(address, port);
      // the system gives the address back when there is no name
      if (hostname !== address) names.set(address, hostname);
    } catch {
      // no name
    }
  });
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, limit);
  });
  await Promise.race([Promise.all(searches), timeout]);
  clearTimeout(timer);
  return new Map(names);
}
