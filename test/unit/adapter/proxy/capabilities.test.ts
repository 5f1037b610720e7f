import assert from 'node:assert/strict';
import { changedCapabilities, DEBUGPY_CAPABILITIES } from '../../../../src/adapter/proxy/capabilities';

describe('changed capabilities', () => {
  it('are none when a debugger is as announced', () => {
    assert.equal(changedCapabilities(DEBUGPY_CAPABILITIES, structuredClone(DEBUGPY_CAPABILITIES)), null);
  });

  it('are what came, what went and what is different', () => {
    const announced = { a: true, gone: true, filters: [{ filter: 'raised' }], lost: [1] };
    const actual = { a: true, b: true, filters: [] };
    assert.deepEqual(changedCapabilities(announced, actual), { b: true, gone: false, filters: [], lost: [] });
  });
});
