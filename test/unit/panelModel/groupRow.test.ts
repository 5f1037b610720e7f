import assert from 'node:assert/strict';
import { redact } from '../../../src/export/redact';
import { entryOf } from '../../../src/panelModel/entry';
import { groupRowOf } from '../../../src/panelModel/groupRow';
import { usePanelCase } from '../../support/panelCase';

describe('the heading of a connection', () => {
  const refused = usePanelCase();

  it('names program, process and peer', () => {
    const { process, connection, exchanges, id, folded } = groupRowOf(
      { id: 'g', first: entryOf(refused.current.exchange), exchanges: 3, folded: true },
      redact,
    );
    assert.equal(process, 'upload.py (pid 100)');
    assert.match(connection ?? '', /^127\.0\.0\.1:80, socket \d+$/);
    assert.deepEqual([exchanges, id, folded], [3, 'g', true]);
  });

  const named = (argv: readonly string[]): string => {
    const { exchange } = refused.current;
    const first = { ...entryOf(exchange), process: { ...exchange.process, argv } };
    return groupRowOf({ id: 'g', first, exchanges: 1, folded: false }, redact).process.replace(/ \(pid.*/, '');
  };

  it('calls a program as a person does', () => {
    assert.equal(named(['/usr/bin/asciinema', 'upload']), 'asciinema');
    assert.equal(named(['/usr/bin/python3.11', '-u', '/srv/job.py', 'x']), 'job.py');
    assert.equal(named(['python3', '-m', 'package']), 'package');
    assert.equal(named(['python3']), 'python3');
    assert.equal(named([]), 'process');
  });
});
