/** Masks secrets; every surface does so unless the user asks for them. The bytes on disk are not touched. */
import type { Header } from '../decode/exchange';

export const MASK = '•••';

export interface Redactor {
  /** Free text: messages, argument texts, a reply's body. */
  text(text: string): string;
  url(url: string): string;
  header(header: Header): Header;
  /** A command line, one text per argument. */
  argv(argv: readonly string[]): string[];
}

/** Leaves everything as it is. */
export const reveal: Redactor = {
  text: (text) => text,
  url: (url) => url,
  header: (header) => header,
  argv: (argv) => [...argv],
};

// Every repetition in these has a bound or a fixed start: hostile text must not make them slow.
// Names that hold secrets, whatever stands before or after: x-api-key, client_secret, PASSWORD, accessToken, X-Amz-Signature
const NAME =
  '(?:[\\w.-]{0,64}(?:api[_-]?key|access[_-]?key|secret|passw(?:or)?d|passphrase|token|credential|signature|session[_-]?id|private[_-]?key|authorization)[\\w.-]{0,64}|pwd|pass|sig|auth|jwt|cookie|set-cookie)';
const SECRET_NAME = new RegExp(`^${NAME}$`, 'i');
const SECRET_HEADER = /^(proxy-)?authorization$|^(set-)?cookie2?$/i;

/** `name=value`, `name: value`, `"name": "value"` with a value up to its natural end, or to that of a text that was cut. */
const PAIR = new RegExp(
  `(?<![\\w-])(${NAME})(["']?\\s*(?:=>|[=:])\\s*)(?:(["'])((?:\\\\.|(?!\\3)[^\\\\])*)(?:\\3|\\\\?$)|(?:(?:basic|bearer|digest|token|negotiate)\\s+)?[^\\s"'&,;(){}<>\\[\\]]+)`,
  'gi',
);
const SCHEME = /\b(basic|bearer|negotiate|token)(\s+)[A-Za-z0-9+/_.~-]{6,}=*(?![\w="])/gi;
const USER_INFO = /(?<![a-z0-9+.-])([a-z][a-z0-9+.-]{0,30}:\/\/)([^\s/?#@"'<>]+)@/gi;

/** "user:password@host" without a scheme: what urllib takes for the name of a host. */
const BARE_USER_INFO = /(?<![^\s"'<>([,=/])([^\s"'<>([,=/:@]{1,64}):[^\s"'<>/:@]{1,256}@(?=[\w[])/g;

export const redact: Redactor = {
  text: redactText,
  url: redactUrl,
  header: ({ name, value }) => ({ name, value: redactHeaderValue(name, value) }),
  argv: redactArgv,
};

function redactText(text: string): string {
  return redactUserInfo(text)
    .replace(PAIR, (_all, name: string, between: string, quote: string | undefined) => {
      return `${name}${between}${quote ?? ''}${MASK}${quote ?? ''}`;
    })
    .replace(SCHEME, (_all, scheme: string, blank: string) => `${scheme}${blank}${MASK}`);
}

/** User information and the values of parameters named like secrets; works on what only resembles a URL too. */
function redactUrl(url: string): string {
  return redactUserInfo(url).replace(/([?&;#])([^=&;#?]{0,256})=[^&;#\s"'<>]*/g, (all, mark: string, name: string) =>
    SECRET_NAME.test(decoded(name)) ? `${mark}${name}=${MASK}` : all,
  );
}

/** The user's name stays where there is a password behind it; alone it may itself be a token. */
function redactUserInfo(text: string): string {
  return text
    .replace(USER_INFO, (_all, scheme: string, userInfo: string) => {
      const colon = userInfo.indexOf(':');
      return colon < 0 ? `${scheme}${MASK}@` : `${scheme}${userInfo.slice(0, colon)}:${MASK}@`;
    })
    .replace(BARE_USER_INFO, (_all, user: string) => `${user}:${MASK}@`);
}

function redactHeaderValue(name: string, value: string): string {
  if (/^(proxy-)?authorization$/i.test(name)) {
    const scheme = /^([A-Za-z][\w-]*)\s+\S/.exec(value)?.[1];
    return scheme ? `${scheme} ${MASK}` : MASK;
  }
  if (SECRET_HEADER.test(name) || SECRET_NAME.test(name)) return MASK;
  return /^(location|referer|content-location|link)$/i.test(name) ? redactUrl(redactText(value)) : redactText(value);
}

/** `--password x`, `--token=x`, `-u user:password`, `NAME_TOKEN=x`, and URLs among the arguments. */
function redactArgv(argv: readonly string[]): string[] {
  return argv.map((argument, index) => {
    const before = argv[index - 1] ?? '';
    if (/^--?[A-Za-z]/.test(before) && !before.includes('=') && SECRET_NAME.test(before.replace(/^--?/, ''))) {
      return argument.startsWith('-') ? redactUrl(redactText(argument)) : MASK;
    }
    if (/^(-u|--user|--proxy-user)$/.test(before) && argument.includes(':')) {
      return `${argument.slice(0, argument.indexOf(':'))}:${MASK}`;
    }
    return redactUrl(redactText(argument));
  });
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
