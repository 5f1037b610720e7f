/** Cookies one by one. Their values are secrets. */

import type { Message } from '../../decode/exchange';
import { headerValues } from '../../decode/http1Head';
import { MASK, type Redactor } from '../redact';
import type { HarCookie } from './harTypes';

/** More than this is no program's own doing. */
const MAX_COOKIES = 500;

export function requestCookies({ headers }: Pick<Message, 'headers'>, redactor: Redactor): HarCookie[] {
  return headerValues(headers, 'cookie')
    .flatMap((line) => line.split(';'))
    .map((pair) => nameAndValue(pair))
    .filter(([name, value]) => name !== '' || value !== '')
    .slice(0, MAX_COOKIES)
    .map(([name, value]) => ({ name, value: shown('cookie', value, redactor) }));
}

export function responseCookies({ headers }: Pick<Message, 'headers'>, redactor: Redactor): HarCookie[] {
  return headerValues(headers, 'set-cookie')
    .slice(0, MAX_COOKIES)
    .map((line) => {
      const [pair = '', ...attributes] = line.split(';');
      const [name, value] = nameAndValue(pair);
      // a flag has no value
      const found = new Map(attributes.map(nameAndValue).map(([key, text]) => [(key || text).toLowerCase(), text]));
      const expires = new Date(found.get('expires') ?? Number.NaN);
      return {
        name,
        value: shown('set-cookie', value, redactor),
        ...optional('path', found.get('path')),
        ...optional('domain', found.get('domain')),
        ...(Number.isNaN(expires.getTime()) ? {} : { expires: expires.toISOString() }),
        httpOnly: found.has('httponly'),
        secure: found.has('secure'),
        ...optional('sameSite', found.get('samesite')),
      };
    });
}

function nameAndValue(pair: string): [name: string, value: string] {
  const equals = pair.indexOf('=');
  return equals < 0 ? ['', pair.trim()] : [pair.slice(0, equals).trim(), pair.slice(equals + 1).trim()];
}

/** The whole header is a secret to the redactor, so each value in it is one. */
const shown = (header: string, value: string, redactor: Redactor): string =>
  redactor.header({ name: header, value: 'x' }).value === MASK ? MASK : value;

const optional = <Name extends string>(name: Name, value: string | undefined): { readonly [N in Name]?: string } =>
  value === undefined ? {} : ({ [name]: value } as { readonly [N in Name]?: string });
