import assert from 'node:assert/strict';
import { isSecretName, maskedSpans, secretsIn } from '../../../src/export/masking';
import { HEAD, REPLY, usePanelCase } from '../../support/panelCase';

describe('maskedSpans', () => {
  const parts = (text: string, redacted: string) =>
    maskedSpans(text, redacted).map(({ start, end }) => text.slice(start, end));

  it('finds what was taken out', () => {
    assert.deepEqual(parts('a secret b', 'a ••• b'), ['secret']);
    assert.deepEqual(parts('k=one&l=two', 'k=•••&l=•••'), ['one', 'two']);
    assert.deepEqual(parts('same', 'same'), []);
    assert.deepEqual(parts('whole', '•••'), ['whole']);
  });

  it('takes too much rather than too little where it cannot tell', () => {
    assert.deepEqual(parts('abc', '•••zzz•••'), ['abc']);
  });
});

describe('the secrets of an exchange', () => {
  const refused = usePanelCase();

  it('are the values in URL, headers and body, and nothing else', async () => {
    const up = await secretsIn(refused.current.exchange, 'up');
    assert.deepEqual(
      up.map(({ start, end }) => HEAD.slice(start, end)),
      ['s3cr3t', 'dXNlcjpwYXNz'],
    );
    const down = await secretsIn(refused.current.exchange, 'down');
    assert.deepEqual(
      down.map(({ start, end }) => REPLY.slice(start, end)),
      ['hunter2'],
    );
  });

  it('go by the names of fields', () => {
    assert.ok(isSecretName('api_key') && isSecretName('Password'));
    assert.ok(!isSecretName('recording'));
  });
});
