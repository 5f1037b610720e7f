import { mocha, Tally } from '../lib/tier.mjs';

const tally = new Tally();
tally.add(await mocha('unit'));
tally.close();
