/** What every test of a rule checks besides what its finding says. */
import assert from 'node:assert/strict';
import type { Exchange } from '../../src/decode/exchange';
import { clientOf, type OriginOf, originFromPath } from '../../src/diagnosis/client';
import { Context, type Rule } from '../../src/diagnosis/context';
import { diagnose } from '../../src/diagnosis/diagnose';
import type { Finding } from '../../src/diagnosis/finding';

/** Versions by package name, as a lookup beside the installed packages would give them. */
export type Versions = Readonly<Record<string, string>>;

export function origins(versions: Versions = {}): OriginOf {
  return (frame) => {
    const origin = originFromPath(frame);
    return { ...origin, version: versions[origin.package ?? ''] ?? origin.version };
  };
}

export function contextOf(exchange: Exchange, versions: Versions = {}): Context {
  return new Context(exchange, clientOf(exchange, origins(versions)));
}

/** The finding of a rule that has to fire, alone among all rules, and in good form. */
export function fires(rule: Rule, exchange: Exchange, versions: Versions = {}): Finding {
  const finding = rule.check(contextOf(exchange, versions));
  assert.ok(finding, `${rule.id} stayed silent`);
  assert.deepEqual(
    diagnose(exchange, origins(versions)).map(({ id }) => id),
    [rule.id],
    'another rule speaks before it, or besides it',
  );
  assert.equal(finding.id, rule.id);
  assert.equal(finding.exchange, exchange.id);
  assert.match(finding.title, /^\S.*\.$/, 'a title is a sentence');
  assert.doesNotMatch(finding.title + finding.summary, /undefined|null|NaN|\[object/, finding.summary);
  assert.ok(finding.evidence.length > 0, 'evidence');
  assert.ok(finding.evidence.every((each) => each.exchange === exchange.id && each.text !== ''));
  assert.ok(finding.advice.length > 0, 'says what to do');
  return finding;
}

export function staysSilent(rule: Rule, exchange: Exchange): void {
  const finding = rule.check(contextOf(exchange));
  assert.equal(finding, null, `${rule.id} spoke: ${finding?.title}`);
}

export function adviceText({ advice }: Finding): string {
  return advice.map(({ text, code }) => `${text} ${code ?? ''}`).join('\n');
}
