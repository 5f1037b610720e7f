/**
 * Descriptions of plain JSON values from which both the TypeScript type and the check at run time come, so that a
 * message, its documentation and what is accepted over the wire cannot drift apart.
 */

/** A described shape. `check` returns what is wrong with a value, naming the place, or null when it fits. */
export interface Schema<T> {
  readonly description: string;
  readonly optional: boolean;
  /** The same shape as JSON Schema, for the extension's manifest and the documentation. */
  readonly json: Readonly<Record<string, unknown>>;
  check(value: unknown, where: string): string | null;
  /** Never set: carries the type. */
  readonly type?: T;
}

interface Optional<T> extends Schema<T> {
  readonly optional: true;
}

export type Infer<S> = S extends Schema<infer T> ? T : never;

type Members = Readonly<Record<string, Schema<unknown>>>;
type OptionalKeys<M extends Members> = { [K in keyof M]: M[K] extends Optional<unknown> ? K : never }[keyof M];
type Shape<M extends Members> = {
  readonly [K in Exclude<keyof M, OptionalKeys<M>>]: Infer<M[K]>;
} & { readonly [K in OptionalKeys<M>]?: Infer<M[K]> | undefined };

function schema<T>(
  description: string,
  json: Record<string, unknown>,
  check: (value: unknown, where: string) => string | null,
): Schema<T> {
  return { description, optional: false, json: { ...json, description }, check };
}

const wants = (where: string, what: string, value: unknown) =>
  `${where} must be ${what}, not ${value === null ? 'null' : Array.isArray(value) ? 'a list' : typeof value === 'object' ? 'an object' : JSON.stringify(value)}`;

export const text = (description: string): Schema<string> =>
  schema(description, { type: 'string' }, (value, where) =>
    typeof value === 'string' ? null : wants(where, 'a string', value),
  );

export const flag = (description: string, options: { default?: boolean } = {}): Schema<boolean> =>
  schema(description, { type: 'boolean', ...options }, (value, where) =>
    typeof value === 'boolean' ? null : wants(where, 'true or false', value),
  );

/** A whole number from 0 on: a count, or a size in bytes. */
export const count = (description: string, options: { default?: number } = {}): Schema<number> =>
  schema(description, { type: 'integer', minimum: 0, ...options }, (value, where) =>
    Number.isSafeInteger(value) && (value as number) >= 0 ? null : wants(where, 'a whole number from 0 on', value),
  );

/** A number that may have a fraction. */
export const number = (description: string): Schema<number> =>
  schema(description, { type: 'number' }, (value, where) =>
    typeof value === 'number' && Number.isFinite(value) ? null : wants(where, 'a number', value),
  );

/** A whole number of either sign. */
export const integer = (description: string): Schema<number> =>
  schema(description, { type: 'integer' }, (value, where) =>
    Number.isSafeInteger(value) ? null : wants(where, 'a whole number', value),
  );

/** @param help what each value means, for editors that show it */
export const oneOf = <const V extends readonly string[]>(
  description: string,
  values: V,
  help?: Readonly<Record<V[number], string>>,
): Schema<V[number]> => {
  const explained = help && { enumDescriptions: values.map((value) => help[value as V[number]]) };
  return schema(description, { enum: values, ...explained }, (value, where) =>
    values.includes(value as string) ? null : wants(where, `one of ${values.join(', ')}`, value),
  );
};

export const nullable = <T>(inner: Schema<T>): Schema<T | null> =>
  schema(inner.description, { anyOf: [inner.json, { type: 'null' }] }, (value, where) =>
    value === null ? null : inner.check(value, where),
  );

export const optional = <T>(inner: Schema<T>): Optional<T> => ({ ...inner, optional: true });

export const list = <T>(description: string, item: Schema<T>): Schema<readonly T[]> =>
  schema(description, { type: 'array', items: item.json }, (value, where) => {
    if (!Array.isArray(value)) return wants(where, 'a list', value);
    for (const [index, one] of value.entries()) {
      const wrong = item.check(one, `${where}[${index}]`);
      if (wrong) return wrong;
    }
    return null;
  });

/** Any JSON object, described elsewhere. */
export const document = (description: string): Schema<Readonly<Record<string, unknown>>> =>
  schema(description, { type: 'object' }, (value, where) =>
    isObject(value) ? null : wants(where, 'an object', value),
  );

/** An object of these members and no others. */
export function object<const M extends Members>(description: string, members: M): Schema<Shape<M>> {
  const names = Object.keys(members);
  const json = {
    type: 'object',
    properties: Object.fromEntries(names.map((name) => [name, members[name]?.json])),
    required: names.filter((name) => !members[name]?.optional),
    additionalProperties: false,
  };
  return schema(description, json, (value, where) => {
    if (!isObject(value)) return wants(where, 'an object', value);
    const unknown = Object.keys(value).find((name) => !Object.hasOwn(members, name));
    if (unknown !== undefined) return `${where}.${unknown} is not known; there are ${names.join(', ')}`;
    for (const [name, member] of Object.entries(members)) {
      if (value[name] === undefined) {
        if (!member.optional) return `${where}.${name} is missing`;
        continue;
      }
      const wrong = member.check(value[name], `${where}.${name}`);
      if (wrong) return wrong;
    }
    return null;
  });
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
