/** Which classes of a source descend from which. */
import type { Resolver } from './resolver';
import type { ClassSymbol } from './symbols';

/** The classes below each class, at any distance. */
export function descendants(resolver: Resolver): ReadonlyMap<ClassSymbol, readonly ClassSymbol[]> {
  const below = new Map<ClassSymbol, ClassSymbol[]>();
  for (const definition of resolver.symbols.classes) {
    for (const ancestor of ancestors(resolver, definition, new Set([definition]))) {
      const known = below.get(ancestor);
      if (known) known.push(definition);
      else below.set(ancestor, [definition]);
    }
  }
  return below;
}

function ancestors(resolver: Resolver, definition: ClassSymbol, seen: Set<ClassSymbol>): ClassSymbol[] {
  return definition.node.bases.flatMap((base) =>
    resolver.evaluate(base, definition.outer).flatMap((value) => {
      if (value.kind !== 'class' || seen.has(value.of)) return [];
      seen.add(value.of);
      return [value.of, ...ancestors(resolver, value.of, seen)];
    }),
  );
}
