import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  CAPABILITIES,
  changedCapabilities,
  DEBUGPY_CAPABILITIES,
  withOurs,
} from '../../../../src/adapter/proxy/capabilities';
import { checkout } from '../../../support/checkout';

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

  it("have each filter answered in the guide's lines for vimspector, which asks for those that are not", () => {
    const guide = readFileSync(join(checkout, 'docs/other-editors.md'), 'utf8');
    const [, lines = ''] = /^```json\n(.*?)^```$/ms.exec(guide) ?? [];
    const answered = JSON.parse(lines).configurations.Framewire.breakpoints.exception;
    const filters = CAPABILITIES.exceptionBreakpointFilters as { filter: string }[];
    assert.deepEqual(Object.keys(answered).sort(), filters.map(({ filter }) => filter).sort());
  });
});
