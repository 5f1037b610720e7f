import assert from 'node:assert/strict';
import { whatIsWrongWithAttach } from '../../../../src/extension/debug/attachAttributes';

describe('what is wrong with attaching', () => {
  const common = { type: 'framewire', request: 'attach', name: 'x' };

  it('is nothing with one thing to attach to', () => {
    const good = [
      { connect: { port: 5678 } },
      { connect: { host: 'localhost', port: 5678 }, wire: { enabled: true }, preLaunchTask: 'build' },
      { processId: 12 },
      { processId: '12', listen: null },
      { listen: { host: '127.0.0.1', port: 5678 } },
    ];
    for (const one of good) assert.equal(whatIsWrongWithAttach({ ...common, ...one }), null, JSON.stringify(one));
  });

  it('is said of the attribute', () => {
    const wrong: [object, RegExp][] = [
      [{}, /"connect".*"processId".*"listen"/],
      [{ processId: 5, connect: { port: 1 } }, /Only one of "connect", "processId"/],
      [{ processId: 'x' }, /processId must be the number of a process/],
      [{ connect: { host: 'x' } }, /connect\.port is missing/],
      [{ connect: { port: 1 }, wire: { enabeld: true } }, /wire\.enabeld/],
    ];
    for (const [one, message] of wrong) assert.match(whatIsWrongWithAttach({ ...common, ...one }) ?? '', message);
  });
});
