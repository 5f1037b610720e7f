/** What a type annotation says of a value. */
import { canonical, classAt } from '../library/catalog';
import type { Expression } from '../syntax/ast';
import type { Resolver, Values } from './resolver';
import { dottedName, type Scope } from './symbols';
import type { Value } from './values';

/** Generic types that stand for a value of the type in brackets. */
const TRANSPARENT = new Set([
  'Optional',
  'Union',
  'Annotated',
  'Final',
  'ClassVar',
  'Awaitable',
  'Coroutine',
  'ContextManager',
  'AsyncContextManager',
  'AbstractContextManager',
  'AbstractAsyncContextManager',
  'Iterator',
  'Generator',
  'AsyncIterator',
  'AsyncGenerator',
]);

export function annotatedValues(resolver: Resolver, annotation: Expression, scope: Scope): Values {
  switch (annotation.kind) {
    case 'name':
    case 'attribute':
      return resolver.evaluate(annotation, scope).flatMap(instanceOfType);
    case 'text':
      return annotation.value === null ? [] : namedInText(resolver, annotation.value, scope);
    case 'subscript': {
      const name = dottedName(annotation.value);
      if (name === null || !annotation.index) return [];
      if (TRANSPARENT.has(name.slice(name.lastIndexOf('.') + 1)))
        return annotatedValues(resolver, annotation.index, scope);
      return annotatedValues(resolver, annotation.value, scope);
    }
    case 'sequence':
      return annotation.items.flatMap((item) => annotatedValues(resolver, item, scope));
    case 'choice':
      return annotation.options.flatMap((option) => annotatedValues(resolver, option, scope));
    case 'other':
      // X | Y
      return annotation.parts.flatMap((part) => annotatedValues(resolver, part, scope));
    default:
      return [];
  }
}

/** An annotation in quotes: the dotted names in it are looked up like any other. */
function namedInText(resolver: Resolver, text: string, scope: Scope): Values {
  const names = text.match(/[A-Za-z_][\w.]*/g) ?? [];
  return names.flatMap((name) => {
    const [first = name, ...rest] = name.split('.');
    let expression: Expression = { kind: 'name', id: first, start: 0, end: 0 };
    for (const part of rest) expression = { kind: 'attribute', object: expression, name: part, start: 0, end: 0 };
    return resolver.evaluate(expression, scope).flatMap(instanceOfType);
  });
}

function instanceOfType(value: Value): Values {
  if (value.kind === 'class') return [{ kind: 'object', of: value.of }];
  if (value.kind !== 'path') return [];
  const type = canonical(value.path);
  if (classAt(type)) return [{ kind: 'instance', type }];
  return typeFromStubs(type);
}

/** mypy_boto3_s3.client.S3Client and its kin describe boto3's clients to type checkers. */
function typeFromStubs(type: string): Values {
  if (!/^(?:mypy_boto3_|types_boto3_)/.test(type)) return [];
  if (type.endsWith('Client')) return [{ kind: 'instance', type: 'boto3.Client' }];
  return type.endsWith('ServiceResource') ? [{ kind: 'instance', type: 'boto3.Resource' }] : [];
}
