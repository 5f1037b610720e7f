import assert from 'node:assert/strict';
import { FIRST_REFERENCE, OwnVariables } from '../../../../../src/adapter/features/stops/variables';

describe('variables of our own', () => {
  it('are presented with references for those that have children', async () => {
    const variables = new OwnVariables();
    const [plain, nested] = variables.present([
      { name: 'a', value: '1', type: 'int' },
      { name: 'b', value: 'two', children: [{ name: 'c', value: '3' }], memoryReference: 'm' },
    ]);
    assert.deepEqual([plain?.variablesReference, plain?.type], [0, 'int']);
    assert.equal(nested?.memoryReference, 'm');
    assert.ok(variables.isOwn(nested?.variablesReference));
    const children = await variables.get(nested.variablesReference);
    assert.deepEqual(
      children.map(({ name, value }) => [name, value]),
      [['c', '3']],
    );
  });

  it('can be set where they stand for something in the program', async () => {
    const variables = new OwnVariables();
    const provide = async () => [
      { name: 'errno', value: '32', evaluateName: '__exception__[1].errno', variablesReference: 0 },
      { name: 'function variables', value: '', variablesReference: 5 },
    ];
    const own = variables.add(provide, async () => 7);
    assert.deepEqual(await variables.target(own, 'errno'), { expression: '__exception__[1].errno', frameId: 7 });
    await assert.rejects(variables.target(own, 'function variables'), /cannot be changed/);
    await assert.rejects(variables.target(own, 'nothing'), /cannot be changed/);
    await assert.rejects(variables.target(variables.add(provide), 'errno'), /recorded/);
    await assert.rejects(variables.target(FIRST_REFERENCE + 99, 'errno'), /gone on/);
  });

  it('end with the stop, and their references are not used again', async () => {
    const variables = new OwnVariables();
    const first = variables.add(async () => []);
    assert.equal(first, FIRST_REFERENCE);
    variables.clear();
    await assert.rejects(variables.get(first), /gone on/);
    assert.notEqual(
      variables.add(async () => []),
      first,
    );
    assert.equal(variables.isOwn(FIRST_REFERENCE - 1), false);
    assert.equal(variables.isOwn('x'), false);
  });
});
