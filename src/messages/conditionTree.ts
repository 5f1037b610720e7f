/** The checked form of a condition, as it goes to the probe in JSON; conditions.py evaluates it. */
import type { FactName } from './conditionNames';

export type Operand =
  | { readonly name: FactName }
  | { readonly value: string | number }
  | { readonly list: readonly (string | number)[] };

export type Comparator =
  | '=='
  | '!='
  | '<'
  | '<='
  | '>'
  | '>='
  | 'in'
  | 'not in'
  | 'matches'
  | 'startswith'
  | 'endswith';

export type ConditionTree =
  | { readonly op: 'and' | 'or'; readonly of: readonly ConditionTree[] }
  | { readonly op: 'not'; readonly of: ConditionTree }
  | { readonly op: 'known' | 'unknown'; readonly left: { readonly name: FactName } }
  | { readonly op: Comparator; readonly left: Operand; readonly right: Operand };
