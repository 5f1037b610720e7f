import assert from 'node:assert/strict';
import { sourceFacts } from '../../../../src/languageServer/features/sourceFacts';
import { analysisOf, statementsOf } from '../support/source';

const facts = (text: string, name = 'upload', isPackage = false) =>
  sourceFacts(text, statementsOf(text), analysisOf(text), { name, isPackage }, null);

describe('what a source says of how it is run', () => {
  const programs: Record<string, string> = {
    'a guard': 'def main(): pass\n\nif __name__ == "__main__":\n    main()\n',
    'a guard written the other way round': 'if "__main__" == __name__:\n    pass\n',
    'a call': 'import sys\nprint(sys.argv)\n',
    'a loop': 'for x in range(3):\n    pass\n',
    'a call of its own, assigned': 'def main(): return 0\nstatus = main()\n',
    'a call that sends, assigned': "import requests\nreply = requests.post('u', data=b'')\n",
    'a call within try': 'try:\n    go()\nexcept OSError:\n    pass\n',
  };
  for (const [what, text] of Object.entries(programs)) {
    it(`takes ${what} at the top for a program`, () => assert.equal(facts(text).runs, true));
  }

  const libraries: Record<string, string> = {
    definitions: '"""What it is for."""\nimport os\nLIMIT = 5\nclass A: pass\ndef f(): g()\n',
    'a logger and a constant': 'import logging\nlog = logging.getLogger(__name__)\nPATTERN = compile("x")\n',
    'imports that may fail': 'try:\n    import ujson as json\nexcept ImportError:\n    import json\n',
    'imports for types': 'from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    print()\n',
    'a lambda': 'send = lambda: go()\n',
  };
  for (const [what, text] of Object.entries(libraries)) {
    it(`takes ${what} for no program`, () => assert.equal(facts(text).runs, false));
  }

  it('takes no registration in a package for a program, but a guard, a send and __main__', () => {
    const registers = 'import mimetypes\nmimetypes.init()\n';
    assert.equal(facts(registers).runs, true);
    assert.equal(facts(registers, 'package.types').runs, false);
    assert.equal(facts('x = 1\n', 'package.__main__').runs, true);
    assert.equal(facts('if __name__ == "__main__":\n    pass\n', 'package.tool').runs, true);
    assert.equal(facts("import requests\nrequests.post('u', data=b'')\n", 'package.tool').runs, true);
  });

  it('knows which source runs in its package only', () => {
    assert.equal(facts('from . import a\n', 'package.tool').needsPackage, true);
    assert.equal(facts('def f():\n    from ..a import b\n', 'package.sub.tool').needsPackage, true);
    assert.equal(facts('from package.a import b\n', 'package.tool').needsPackage, true);
    assert.equal(facts('import package.a\n', 'package.tool').needsPackage, true);
    assert.equal(facts('import os\n', 'package.tool').needsPackage, false);
    assert.equal(facts('from tool import b\n', 'tool').needsPackage, false);
  });
});
