/** What `framewire-adapter` is asked to do on its command line. */
export type AdapterMode =
  | { readonly mode: 'stdio' }
  /** `port` 0 lets the system choose. */
  | { readonly mode: 'server'; readonly port: number }
  | { readonly mode: 'help' }
  | { readonly mode: 'wrong'; readonly message: string };

export const HELP = `Usage: adapter.mjs [--server PORT]

Framewire's debug adapter. Speaks the Debug Adapter Protocol over standard input and output: one session.

  --server PORT   listen on 127.0.0.1:PORT instead, each connection a session; 0 takes a free port. The address is
                  printed as "Listening on 127.0.0.1:PORT". Debug clients cannot identify themselves, so every
                  user of this machine can connect and run programs as you: prefer standard input and output.
  --help          this text
`;

export function readCommandLine(args: readonly string[]): AdapterMode {
  const [option, value, ...more] = args.flatMap((arg) => arg.match(/^(--server)=(.*)$/)?.slice(1) ?? [arg]);
  if (option === undefined) return { mode: 'stdio' };
  if (option === '--help' || option === '-h') return { mode: 'help' };
  if (option !== '--server') return { mode: 'wrong', message: `There is no option ${option}.` };
  if (more.length > 0) return { mode: 'wrong', message: `Nothing may follow --server PORT: ${more.join(' ')}` };
  const port = /^\d{1,5}$/.test(value ?? '') ? Number(value) : Number.NaN;
  if (!(port <= 65535)) return { mode: 'wrong', message: '--server needs a port from 0 to 65535.' };
  return { mode: 'server', port };
}

/** Why there is no listening on the port, and what helps. */
export function cannotListen(port: number, { code, message }: NodeJS.ErrnoException): string {
  const why =
    code === 'EADDRINUSE'
      ? 'another program listens there. Name another port, or 0 for a free one.'
      : code === 'EACCES'
        ? 'the system does not let you use this port. Name one from 1024 on, or 0 for a free one.'
        : message;
  return `Cannot listen on 127.0.0.1:${port}: ${why}`;
}
