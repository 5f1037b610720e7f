import type { Resolve } from './model';

/** Texts longer than this are kept as they come. */
const MAX_LENGTH = 256;
const MAX_TEXTS = 10_000;

/** One string for all that read the same: each record brings its own, and a busy program says the same over and over. */
export class SharedTexts {
  private readonly texts = new Map<string, string>();
  private readonly addresses = new Map<string, Resolve['addresses']>();

  of(text: string): string {
    const known = this.texts.get(text);
    if (known !== undefined) return known;
    if (text.length <= MAX_LENGTH && this.texts.size < MAX_TEXTS) this.texts.set(text, text);
    return text;
  }

  /** The texts of a resolution that has only just been read. */
  ofResolve(resolve: { -readonly [Key in keyof Resolve]: Resolve[Key] }): Resolve {
    const { host, port } = resolve;
    resolve.function = this.of(resolve.function);
    if (host !== null) resolve.host = this.of(host);
    if (port !== null) resolve.port = this.of(port);
    resolve.addresses = this.ofAddresses(host ?? '', resolve.addresses);
    return resolve;
  }

  /** Those that a name had the last time, if they are still the same. */
  private ofAddresses(host: string, addresses: Resolve['addresses']): Resolve['addresses'] {
    const known = this.addresses.get(host);
    if (known && known.length === addresses.length && known.every((one, at) => sameAddress(one, addresses[at]))) {
      return known;
    }
    if (this.addresses.size < MAX_TEXTS) this.addresses.set(host, addresses);
    return addresses;
  }
}

type Address = Resolve['addresses'][number];
const sameAddress = (a: Address, b: Address | undefined): boolean =>
  a.address === b?.address && a.family === b.family && a.port === b.port;
