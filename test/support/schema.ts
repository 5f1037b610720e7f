/** Checks a document against the part of JSON Schema that the project's schemas use; anything else in one is an error. */

interface Schema {
  readonly [keyword: string]: unknown;
}

const NOTES = new Set(['$schema', '$defs', 'title', 'description']);

/** What is wrong, each with its place; empty when the document follows the schema. Members without a description count too. */
export function violations(document: unknown, schema: Schema, root: Schema = schema, at = '$'): string[] {
  return Object.entries(schema).flatMap(([keyword, value]) => {
    if (NOTES.has(keyword)) return [];
    const check = CHECKS[keyword];
    if (!check) throw new Error(`${at}: the checker does not know the keyword ${keyword}`);
    return check(document, value, schema, root, at);
  });
}

type Check = (document: unknown, value: unknown, schema: Schema, root: Schema, at: string) => string[];

const CHECKS: Readonly<Record<string, Check>> = {
  type: (document, value, _schema, _root, at) =>
    [value].flat().some((name) => isOfType(document, name as string))
      ? []
      : [`${at} is no ${[value].flat().join(' or ')}: ${short(document)}`],
  const: (document, value, _schema, _root, at) => (document === value ? [] : [`${at} is not ${short(value)}`]),
  enum: (document, value, _schema, _root, at) =>
    (value as unknown[]).includes(document) ? [] : [`${at} is none of ${short(value)}: ${short(document)}`],
  minimum: (document, value, _schema, _root, at) =>
    typeof document !== 'number' || document >= (value as number) ? [] : [`${at} is below ${value}`],
  required: (document, value, _schema, _root, at) =>
    isObject(document)
      ? (value as string[]).filter((name) => !(name in document)).map((name) => `${at} has no ${name}`)
      : [],
  properties: (document, value, _schema, root, at) =>
    isObject(document)
      ? Object.entries(value as Record<string, Schema>).flatMap(([name, each]) =>
          name in document ? violations(document[name], each, root, `${at}.${name}`) : [],
        )
      : [],
  // the contract lets members be added; one that the schema does not describe is forgotten here, not added by others
  additionalProperties: (document, _value, schema, _root, at) =>
    isObject(document) && at.includes('evidence') === false
      ? Object.keys(document)
          .filter((name) => !(name in (schema.properties as object)))
          .map((name) => `${at}.${name} is not described`)
      : [],
  items: (document, value, _schema, root, at) =>
    Array.isArray(document)
      ? document.flatMap((each, index) => violations(each, value as Schema, root, `${at}[${index}]`))
      : [],
  anyOf: (document, value, _schema, root, at) => {
    const results = (value as Schema[]).map((each) => violations(document, each, root, at));
    return results.some((each) => each.length === 0) ? [] : (results[0] ?? []);
  },
  $ref: (document, value, _schema, root, at) => {
    const name = String(value).replace('#/$defs/', '');
    const target = (root.$defs as Record<string, Schema>)[name];
    if (!target) throw new Error(`${at}: there is no ${value}`);
    return violations(document, target, root, at);
  },
};

function isOfType(document: unknown, name: string): boolean {
  if (name === 'null') return document === null;
  if (name === 'array') return Array.isArray(document);
  if (name === 'object') return isObject(document);
  if (name === 'integer') return Number.isSafeInteger(document);
  return typeof document === name;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function short(value: unknown): string {
  return (JSON.stringify(value) ?? 'undefined').slice(0, 80);
}
