import assert from 'node:assert/strict';
import { childConfiguration } from '../../../../src/adapter/features/childConfiguration';

describe('the configuration of a child session', () => {
  it('leads back to this adapter and to the capture of the parent', () => {
    const proposed = { type: 'debugpy', name: 'Subprocess 5', subProcessId: 5, connect: { port: 1 } };
    assert.deepEqual(childConfiguration(proposed, { enabled: true, captureFolder: '/c' }), {
      ...proposed,
      type: 'framewire',
      wire: { enabled: true, captureFolder: '/c' },
    });
  });
});
