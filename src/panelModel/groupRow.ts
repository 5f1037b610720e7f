import { endpoint } from '../diagnosis/wording';
import type { Redactor } from '../export/redact';
import type { GroupRow } from '../messages/panel';
import type { Heading } from './list';

/** The heading above the exchanges of one connection. */
export function groupRowOf({ id, first, exchanges, folded }: Heading, redactor: Redactor): GroupRow {
  const { process, socket, tlsVersion, address, addressPort } = first;
  const name = programName(redactor.argv(process.argv));
  const where = address === null ? null : endpoint(address, addressPort);
  return {
    kind: 'group',
    id,
    folded,
    process: `${name} (pid ${process.pid})`,
    connection:
      where === null
        ? null
        : [where, socket === null ? null : `socket ${socket}`, tlsVersion].filter(Boolean).join(', '),
    exchanges,
  };
}

/** What a person calls the program: the script or module, not the interpreter that runs it. */
function programName(argv: readonly string[]): string {
  const [first = 'process', ...rest] = argv.map((argument) => argument.split(/[\\/]/).at(-1) ?? argument);
  if (!/^python[\d.]*w?(\.exe)?$/i.test(first)) return first;
  const at = rest.findIndex((argument) => !argument.startsWith('-') || argument === '-c');
  return rest[at] ?? first;
}
