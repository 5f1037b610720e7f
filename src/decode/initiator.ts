/** Whose code a frame is, by where its file lies. */
import type { Frame } from '../wire/model';

/** Packages whose business is to carry requests: they are never who wanted one. */
const CLIENT_LIBRARIES = new Set([
  'aiobotocore',
  'aiohttp',
  'anyio',
  'asyncio',
  'boto3',
  'botocore',
  'certifi',
  'chardet',
  'charset_normalizer',
  'concurrent',
  'eventlet',
  'gevent',
  'h11',
  'h2',
  'hpack',
  'httpcore',
  'httplib2',
  'httpx',
  'hyperframe',
  'idna',
  'niquests',
  'pycurl',
  'requests',
  'requests_toolbelt',
  's3transfer',
  'sniffio',
  'tenacity',
  'tornado',
  'trio',
  'truststore',
  'twisted',
  'urllib3',
  'uvloop',
  'wsproto',
]);

const INSTALLED = /[\\/](?:site|dist)-packages[\\/]([^\\/]+)/;
/** `lib/python3.11/…`, `lib64/python3.11/…`, Windows' `…\Python311\Lib\…`, and the standard library in a zip file. */
const STANDARD_LIBRARY =
  /[\\/]lib(?:64)?[\\/](?:python|pypy)\d(?:\.\d+)?t?[\\/]|[\\/]python[^\\/]*[\\/]lib[\\/]|[\\/]python\d+\.zip[\\/]/i;
const COMMAND_FOLDER = /[\\/](?:bin|sbin|Scripts)[\\/][^\\/]+$/;

export type Owner = 'user' | 'installed' | 'standard' | 'command' | 'none';

/** `command` is a start script in a folder of commands; `none` a frame without a file. */
export function frameOwner(frame: Frame): Owner {
  const { file } = frame;
  if (file.startsWith('<') || file === '') return 'none';
  if (INSTALLED.test(file)) return 'installed';
  if (STANDARD_LIBRARY.test(file)) return 'standard';
  return COMMAND_FOLDER.test(file) && frame.function === '<module>' ? 'command' : 'user';
}

/**
 * Index of the frame that wanted what happened, -1 when there is none: the innermost one of the user's own code; in a
 * program that is itself installed (a command, `python -m package`), the innermost one of a package that is no HTTP
 * client; then the start script, and last code without a file (`python -c`, an interactive prompt).
 *
 * @param frames innermost first
 */
export function initiatorOf(frames: readonly Frame[]): number {
  const owners = frames.map(frameOwner);
  const user = owners.indexOf('user');
  if (user >= 0) return user;
  const installed = frames.findIndex((frame, index) => owners[index] === 'installed' && !isClientLibrary(frame));
  if (installed >= 0) return installed;
  const command = owners.indexOf('command');
  return command >= 0
    ? command
    : frames.findIndex((frame) => /^<(?:string|stdin|ipython-input.*|console)>$/.test(frame.file));
}

function isClientLibrary(frame: Frame): boolean {
  const name = (INSTALLED.exec(frame.file)?.[1] ?? '').replace(/\.pyc?$/, '');
  return CLIENT_LIBRARIES.has(name.toLowerCase());
}
