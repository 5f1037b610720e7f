/**
 * Sums what the kernel took on the connection to a port, from `strace -f -e trace=connect,sendto,write,close`.
 * @returns bytes, the results of every successful write of the connected descriptor
 * @throws Error when the trace shows no connection to that port
 */
export function bytesAcceptedOnPeer(trace: string, port: number): number {
  let descriptor: string | null = null;
  let total: number | null = null;
  for (const line of trace.split('\n')) {
    const call = /^(?:\d+\s+)?(\w+)\((\d+)/.exec(line);
    if (!call) continue;
    const [, name, fd] = call;
    if (name === 'connect' && line.includes(`htons(${port})`)) {
      descriptor = fd ?? null;
      total = 0;
    } else if (fd === descriptor && total !== null) {
      const result = Number(/= (-?\d+)[^=]*$/.exec(line)?.[1] ?? Number.NaN);
      if (name === 'close') descriptor = null;
      else if ((name === 'sendto' || name === 'write') && result > 0) total += result;
    }
  }
  if (total === null) throw new Error(`the trace shows no connection to port ${port}`);
  return total;
}
