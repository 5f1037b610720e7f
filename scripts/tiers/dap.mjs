// The built debug adapter with the real debugpy, on the interpreters of this machine.
import { buildAll } from '../build.mjs';
import { findPythons } from '../lib/pythons.mjs';
import { asyncClientsPython } from '../lib/setup.mjs';
import { mocha, Tally } from '../lib/tier.mjs';

const tally = new Tally();
await tally.step('the adapter builds', () => buildAll());
tally.add(
  await mocha('dap', {
    timeout: 300_000,
    jobs: 4,
    env: {
      FRAMEWIRE_PYTHONS: JSON.stringify(findPythons({ minimum: [3, 6] })),
      FRAMEWIRE_TEST_ASYNC_PYTHON: asyncClientsPython(findPythons()),
    },
  }),
);
tally.close();
