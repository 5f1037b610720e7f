import { mocha, Tally } from '../lib/tier.mjs';

const tally = new Tally();
tally.add(await mocha('unit', { jobs: 3 }));
tally.close();
