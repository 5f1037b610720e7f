import { endpoint } from '../diagnosis/wording';
import type { Redactor } from '../export/redact';
import type { GroupRow } from '../messages/panel';
import type { Heading } from './list';

/** The heading above the exchanges of one connection. */
export function groupRowOf({ first, exchanges }: Heading, redactor: Redactor): GroupRow {
  const { process, peer, socket, tls, connects } = first;
  const [program = 'process'] = process.argv;
  const name = redactor.argv([program])[0]?.split(/[\\/]/).at(-1) ?? program;
  const last = connects.at(-1);
  const address = peer?.address ?? last?.address ?? null;
  const port = peer?.port ?? last?.port ?? null;
  const where = address === null ? null : endpoint(address, port);
  return {
    kind: 'group',
    process: `${name} (pid ${process.pid})`,
    connection:
      where === null
        ? null
        : [`${where}`, socket ? `socket ${socket.id}` : null, tls?.version].filter(Boolean).join(', '),
    exchanges,
  };
}
