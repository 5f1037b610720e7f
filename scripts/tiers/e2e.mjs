// The command line on the original case and its kin, with real servers and clients.
import { buildAll } from '../build.mjs';
import { findPythons } from '../lib/pythons.mjs';
import { asyncClientsPython, ensureDebian, ensureVenv } from '../lib/setup.mjs';
import { mocha, Tally } from '../lib/tier.mjs';

const tally = new Tally();
await tally.step('nginx, asciinema, strace and tshark are here', () => {
  const needed = { nginx: 'nginx', asciinema: 'asciinema', strace: 'strace', tshark: 'tshark', openssl: 'openssl' };
  const missing = ensureDebian(needed);
  if (missing.length > 0) throw new Error(missing.map(({ program, install }) => `${program}: ${install}`).join('\n'));
});
await buildAll();
// requests as a user would have it, in an interpreter of its own
const python = findPythons().find(({ version }) => /^3\.(11|12|13)\./.test(version)) ?? findPythons().at(-1);
const requestsPython = ensureVenv('requests', python.path, ['requests==2.34.2', 'urllib3==2.8.0']);
tally.add(
  await mocha('e2e', {
    timeout: 120_000,
    jobs: 2,
    env: {
      FRAMEWIRE_TEST_REQUESTS_PYTHON: requestsPython,
      FRAMEWIRE_TEST_ASYNC_PYTHON: asyncClientsPython(findPythons()),
    },
  }),
);
tally.close();
