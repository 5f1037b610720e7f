import assert from 'node:assert/strict';
import { chainCall, configureCall, probeCall, textResult } from '../../../../../src/adapter/features/stops/probeCalls';

describe('calls of the probe', () => {
  it('name the module and the function', () => {
    const module = "__import__('framewire_probe.stops', fromlist=['stops'])";
    assert.equal(probeCall('stops', 'socket_of', '3'), `${module}.socket_of(3)`);
    assert.equal(configureCall({ path: 'ü"' }), `${module}.configure("{\\"path\\":\\"\\u00fc\\\\\\"\\"}")`);
    assert.match(chainCall('e'), /^__import__\('json'\)\.dumps\(.*\.chain_of\(e\)\)$/);
  });

  it('give texts back, with a frame and without', () => {
    assert.equal(textResult('{"a": 1}'), '{"a": 1}');
    assert.equal(textResult(`'{"a": "it\\'s \\\\n"}'`), `{"a": "it's \\n"}`);
    assert.equal(textResult("'"), "'");
  });
});
