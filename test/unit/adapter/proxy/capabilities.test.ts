import assert from 'node:assert/strict';
import {
  CAPABILITIES,
  changedCapabilities,
  DEBUGPY_CAPABILITIES,
  withOurs,
} from '../../../../src/adapter/proxy/capabilities';

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

describe('capabilities', () => {
  it("are debugpy's with wire breakpoints before its own filters", () => {
    const filters = CAPABILITIES.exceptionBreakpointFilters as { filter: string }[];
    const theirs = DEBUGPY_CAPABILITIES.exceptionBreakpointFilters ?? [];
    assert.deepEqual(filters.slice(-theirs.length), theirs);
    assert.ok(filters.slice(0, -theirs.length).every(({ filter }) => filter.startsWith('wire.')));
    assert.equal(withOurs({}).supportsExceptionFilterOptions, true);
  });
});
