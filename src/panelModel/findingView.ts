/** A finding with its evidence turned into places in the panel. */
import { t } from '../base/l10n';
import type { Exchange } from '../decode/exchange';
import { nameError } from '../diagnosis/classify';
import { diagnose } from '../diagnosis/diagnose';
import type { Evidence, Side } from '../diagnosis/finding';
import type { Redactor } from '../export/redact';
import type { CallNode, ErrorView, EvidenceTarget, FindingView, FrameNode, TreeNode } from '../messages/panel';
import type { ErrorInfo } from '../wire/model';

export function findingViewOf(exchange: Exchange, nodes: readonly TreeNode[], redactor: Redactor): FindingView | null {
  const [finding] = diagnose(exchange);
  if (!finding) return null;
  const { id, title, side, severity, summary, evidence, advice, references } = finding;
  return {
    id,
    title: redactor.text(title),
    side: SIDES[side](),
    severity,
    summary: redactor.text(summary),
    evidence: evidence.map((one) => ({
      label: redactor.text(labelOf(one)),
      text: redactor.text(one.text),
      target: targetOf(one, nodes),
    })),
    advice: advice.map(({ text, code }) => ({ text, code })),
    references,
  };
}

/** Whose side it is, in the language of the window that asks. */
const SIDES: Readonly<Record<Side, () => string>> = {
  program: () => t('program'),
  'client library': () => t('client library'),
  network: () => t('network'),
  server: () => t('server'),
  tls: () => 'TLS',
  dns: () => 'DNS',
  proxy: () => t('proxy'),
};

function labelOf(evidence: Evidence): string {
  switch (evidence.kind) {
    case 'reply':
      return t('reply {0}', evidence.status);
    case 'bytes':
      return evidence.range.direction === 'up' ? t('request bytes') : t('reply bytes');
    case 'operation':
      return t('{0} failed', evidence.operation);
    case 'error':
      return evidence.type;
    case 'frame':
      return `${evidence.file.split(/[\\/]/).at(-1) ?? evidence.file}:${evidence.line}`;
    case 'counters':
      return t('kernel counters');
    case 'resolve':
      return t('name lookup');
    case 'connect':
      return evidence.address === null ? t('connect') : t('connect {0}', evidence.address);
    case 'certificate':
      return t('certificate');
    case 'last-words':
      return t('last words');
  }
}

function targetOf(evidence: Evidence, nodes: readonly TreeNode[]): EvidenceTarget | null {
  const call = (test: (node: CallNode) => boolean): EvidenceTarget | null => {
    const found = nodes.find((node): node is CallNode => node.kind === 'call' && test(node));
    return found ? { kind: 'node', node: found.id } : null;
  };
  switch (evidence.kind) {
    case 'reply':
    case 'bytes': {
      const { direction, start, end } = evidence.range;
      return { kind: 'bytes', span: { direction, start, end } };
    }
    case 'operation':
      // a stream that just ended broke the exchange without an error of the call's own
      return (
        call((node) => node.operation === evidence.operation && node.error !== null) ??
        lastCall(nodes, evidence.operation)
      );
    case 'frame': {
      const isPlace = ({ place }: FrameNode) => place.file === evidence.file && place.line === evidence.line;
      const found = nodes.find((node): node is FrameNode => node.kind === 'frame' && isPlace(node));
      return found ? { kind: 'node', node: found.id } : null;
    }
    case 'resolve':
      return call((node) => /^(getaddrinfo|gethostby)/.test(node.operation)) ?? { kind: 'connection' };
    case 'connect':
      return call((node) => node.operation === 'connect' && (node.detail?.startsWith(evidence.address ?? '') ?? true));
    case 'last-words':
      return call((node) => node.lastWords) ?? { kind: 'connection' };
    case 'error':
      return { kind: 'error' };
    case 'counters':
    case 'certificate':
      return { kind: 'connection' };
  }
}

function lastCall(nodes: readonly TreeNode[], operation: string): EvidenceTarget | null {
  const found = nodes.findLast((node) => node.kind === 'call' && node.operation === operation && !node.lastWords);
  return found ? { kind: 'node', node: found.id } : null;
}

/** The exception as the program saw it, and what it names. */
export function errorViewsOf({ failure, raised }: Exchange, redactor: Redactor): ErrorView[] {
  const chain: readonly ErrorInfo[] = raised ?? failure?.error ?? [];
  return chain.map((error) => ({
    type: error.module === 'builtins' ? error.type : `${error.module}.${error.type}`,
    text: redactor.text(error.message ?? error.args.join(', ')) || nameError(error),
    errno: error.errnoName ?? (error.errno === null ? null : String(error.errno)),
    relation: error.relation,
  }));
}
