import assert from 'node:assert/strict';
import { collectSymbols } from '../../../../src/languageServer/analysis/collect';
import { statementsOf } from '../support/source';

describe('collecting symbols', () => {
  const collect = (text: string) => collectSymbols(statementsOf(text), 'package.module');

  it('finds calls wherever an expression may stand', () => {
    const text = `
@a(1)
class B(b()):
    c: d() = e()
    def f(self, g=h()): return i()
j = [k() for l in m() if n()]
o = {p(): q(), **r()}
s = f"{t()}" + u()[v()]
if w(): x()
elif y(): z()
while aa(): bb()
with cc() as dd[ee()]: ff()
try: gg()
except hh() as ii: jj()
finally: kk()
match ll():
    case 1 if mm(): nn()
assert oo(), pp()
lambda qq=rr(): ss()
x = yield_(tt())
del uu()[0]
return_ = not vv()
async def ww():
    await xx()
    async for yy in zz(): ab()
`;
    const names = new Set(collect(text).callsByName.keys());
    const missing = [
      ...['a', 'b', 'e', 'h', 'i', 'k', 'm', 'n', 'p', 'q', 'r', 't', 'u', 'v', 'w', 'x', 'y', 'z', 'aa', 'bb', 'cc'],
      ...[
        'ee',
        'ff',
        'gg',
        'hh',
        'jj',
        'kk',
        'll',
        'mm',
        'nn',
        'oo',
        'pp',
        'rr',
        'ss',
        'tt',
        'uu',
        'vv',
        'xx',
        'zz',
        'ab',
      ],
    ].filter((name) => !names.has(name));
    assert.deepEqual(missing, []);
  });

  it('knows classes by the path they are imported from', () => {
    const [outer, inner] = collect('class A:\n    class B: pass\n').classes;
    assert.deepEqual([outer?.path, inner?.path], ['package.module.A', null]);
  });

  it('places units at their offset in the whole source', () => {
    const text = 'x = 1\n\nclass A:\n    def f(self):\n        return g()\n';
    const [call] = collect(text).calls;
    assert.ok(call);
    const { base, node } = call;
    assert.equal(text.slice(base + node.start, base + node.end), 'g()');
  });
});
