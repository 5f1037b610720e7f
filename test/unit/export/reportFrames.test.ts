import assert from 'node:assert/strict';
import { reportFrames } from '../../../src/export/reportFrames';
import { exchange, frame } from '../../support/exchanges';
import { origins } from '../../support/rules';

describe('reportFrames', () => {
  it('tells whose code each frame is, with versions', () => {
    const frames = reportFrames(exchange({}, 'requests'), origins({ urllib3: '2.8.0', python: '3.11.2' }));
    assert.deepEqual(
      frames.map(({ kind, package: name, packageVersion }) => [kind, name, packageVersion]),
      [
        ['stdlib', 'python', '3.11.2'],
        ['library', 'urllib3', '2.8.0'],
        ['library', 'requests', null],
        ['library', 'requests', null],
        ['user', null, null],
      ],
    );
  });

  it('takes the package of the initiator for the user’s code throughout', () => {
    const site = '/usr/lib/python3/dist-packages';
    const frames = [
      frame('/usr/lib/python3.11/http/client.py', 998, 'send'),
      frame(`${site}/asciinema/urllib_http_adapter.py`, 107, 'post'),
      frame(`${site}/other/between.py`, 1, 'call'),
      frame(`${site}/asciinema/api.py`, 43, 'upload'),
    ];
    const kinds = reportFrames(exchange({ frames, initiator: 1 }), origins()).map(({ kind }) => kind);
    assert.deepEqual(kinds, ['stdlib', 'user', 'library', 'user']);
  });
});
