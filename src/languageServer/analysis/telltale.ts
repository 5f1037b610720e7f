/** Calls that give away what they are made on, where nothing else in the source does: methods that only one library has. */
import type { Call } from '../syntax/ast';

/** Methods of which the name alone leaves no doubt. */
const BY_NAME: Readonly<Record<string, string>> = {
  sock_sendall: 'asyncio.AbstractEventLoop',
  sock_sendto: 'asyncio.AbstractEventLoop',
  sock_sendfile: 'asyncio.AbstractEventLoop',
  storbinary: 'ftplib.FTP',
  storlines: 'ftplib.FTP',
};

/** The class of the object that a method is called on, or null. */
export function typeByCall({ callee, args }: Call): string | null {
  if (callee.kind !== 'attribute') return null;
  const known = Object.hasOwn(BY_NAME, callee.name) ? BY_NAME[callee.name] : undefined;
  if (known) return known;
  // nobody else writes keywords like that: s3.put_object(Bucket=…, Key=…)
  const isOperation = /^[a-z][a-z0-9]*(?:_[a-z0-9]+)+$/.test(callee.name);
  return isOperation && args.some(({ keyword }) => keyword === 'Bucket') ? 'boto3.Client' : null;
}
