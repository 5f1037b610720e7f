import assert from 'node:assert/strict';
import { resolveImport } from '../../../../src/languageServer/analysis/binding';
import { statementsOf } from '../support/source';

describe('imports', () => {
  const resolve = (text: string, module: string | null = 'a.b.c', isPackage = false) => {
    const [placed] = statementsOf(text);
    assert.equal(placed?.statement.kind, 'import');
    return placed.statement.kind === 'import' ? resolveImport(placed.statement, module, isPackage) : [];
  };

  it('bind the first name of a path, or the alias', () => {
    assert.deepEqual(resolve('import os.path, sys as s\n'), [
      ['os', 'os'],
      ['s', 'sys'],
    ]);
    assert.deepEqual(resolve('import os.path as p\n'), [['p', 'os.path']]);
    assert.deepEqual(resolve('from x.y import z as w, v\n'), [
      ['w', 'x.y.z'],
      ['v', 'x.y.v'],
    ]);
    assert.deepEqual(resolve('from x import *\n'), [['*', 'x']]);
  });

  it('are relative to the module, where that is known', () => {
    assert.deepEqual(resolve('from . import d\n'), [['d', 'a.b.d']]);
    assert.deepEqual(resolve('from ..e import d\n'), [['d', 'a.e.d']]);
    assert.deepEqual(resolve('from . import d\n', 'a.b', true), [['d', 'a.b.d']]);
    assert.deepEqual(resolve('from ....e import d\n'), [['d', '....e.d']]);
    assert.deepEqual(resolve('from .e import d\n', null), [['d', '.e.d']]);
  });
});
