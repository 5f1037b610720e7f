import assert from 'node:assert/strict';
import { help } from '../../../src/cli/help';
import { OPTIONS } from '../../../src/cli/options';

describe('help', () => {
  it('names every option and fits a terminal', () => {
    for (const name of Object.keys(OPTIONS.run)) assert.match(help(), new RegExp(`^  --${name}\\b`, 'm'));
    for (const line of help().split('\n')) assert.ok(line.length <= 102, line);
  });
});
