import assert from 'node:assert/strict';
import { distinct } from '../../../../src/languageServer/analysis/values';

describe('values', () => {
  it('are listed once each, in order', () => {
    const session = { kind: 'instance', type: 'requests.Session' } as const;
    const path = { kind: 'path', path: 'requests.Session' } as const;
    assert.deepEqual(distinct([session, path, { ...session }, path]), [session, path]);
  });
});
