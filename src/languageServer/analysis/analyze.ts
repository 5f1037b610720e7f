/** From a source's statements to its calls that send data. Pure: no file is read, nothing is run. */
import type { Block } from '../syntax/ast';
import { type CallSite, CallSiteFinder } from './callSites';
import { collectSymbols } from './collect';
import { Resolver } from './resolver';
import type { Symbols } from './symbols';

export interface Analysis {
  readonly symbols: Symbols;
  readonly resolver: Resolver;
  readonly sites: readonly CallSite[];
}

/** Where a source stands among modules. */
export interface ModulePlace {
  /** Dotted name: "package.module". */
  readonly name: string;
  /** Whether it is a package's `__init__.py`. */
  readonly isPackage: boolean;
}

export function analyze(statements: Block, place: ModulePlace | null = null): Analysis {
  const symbols = collectSymbols(statements, place?.name ?? null, place?.isPackage);
  const resolver = new Resolver(symbols);
  return { symbols, resolver, sites: new CallSiteFinder(resolver).all() };
}
