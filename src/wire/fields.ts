/** Typed access to the members of a JSON record; anything of another type than asked for counts as *not known*. */
export type Fields = Readonly<Record<string, unknown>>;

export function asFields(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}

export function text(fields: Fields, name: string): string | null {
  const value = fields[name];
  return typeof value === 'string' ? value : null;
}

export function number(fields: Fields, name: string): number | null {
  const value = fields[name];
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

/** A count or an id: an integer from 0 to 2^53; `fallback` otherwise. */
export function count(fields: Fields, name: string, fallback: number): number;
export function count(fields: Fields, name: string): number | null;
export function count(fields: Fields, name: string, fallback: number | null = null): number | null {
  const value = fields[name];
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : fallback;
}

export function flag(fields: Fields, name: string): boolean | null {
  const value = fields[name];
  return typeof value === 'boolean' ? value : null;
}

export function list(fields: Fields, name: string): readonly unknown[] {
  const value = fields[name];
  return Array.isArray(value) ? value : [];
}

export function texts(fields: Fields, name: string): readonly string[] {
  return list(fields, name).filter((item): item is string => typeof item === 'string');
}

/** One of the words allowed, else `fallback`. */
export function word<const T extends string, F>(
  fields: Fields,
  name: string,
  allowed: readonly T[],
  fallback: F,
): T | F {
  const value = fields[name];
  return allowed.find((one) => one === value) ?? fallback;
}
