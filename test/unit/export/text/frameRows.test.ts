import assert from 'node:assert/strict';
import { frameRows } from '../../../../src/export/text/frameRows';
import { exchange, frame } from '../../../support/exchanges';
import { rowsOf } from '../../../support/pages';

const rows = (shown: ReturnType<typeof exchange>, width = 120, cwd: string | null = '/home/user') =>
  rowsOf(shown, (page, each) => frameRows(page, each, cwd), width);

describe('frameRows', () => {
  it('reads from the program’s own lines to the library’s, folded', async () => {
    assert.equal(
      await rows(exchange()),
      [
        '   frames      your code      upload.py:20  <module>',
        '                              upload.py:14  upload  ◂ your request starts here',
        '               python 3.11.2  urllib/request.py:1348 AbstractHTTPHandler.do_open … 1 more … http/client.py:998',
        '                              HTTPConnection.send',
        '',
      ].join('\n'),
    );
  });

  it('names each package, and takes an installed program for the user’s code', async () => {
    const site = '/srv/none/lib/python3/dist-packages/asciinema';
    const frames = [
      frame('/usr/lib/python3.11/http/client.py', 998, 'send'),
      frame(`${site}/api.py`, 43, 'Api.upload'),
      frame(`${site}/commands/upload.py`, 15, 'execute'),
      frame('/usr/bin/asciinema', 33, '<module>'),
    ];
    const text = await rows(exchange({ frames, initiator: 1 }));
    assert.match(text, /asciinema\s+commands\/upload\.py:15 {2}execute\n\s+api\.py:43\s+Api\.upload {2}◂ your request/);
    assert.doesNotMatch(text, /bin\/asciinema/);
  });

  it('leaves out what only starts a program', async () => {
    const frames = [
      frame('/home/user/app.py', 3, 'main'),
      frame('<frozen runpy>', 88, '_run_code'),
      frame('<frozen runpy>', 198, '_run_module_as_main'),
    ];
    assert.doesNotMatch(await rows(exchange({ frames, initiator: 0 })), /runpy/);
  });

  it('keeps the ends of a deep stack', async () => {
    const frames = Array.from({ length: 30 }, (_, index) => frame('/home/user/deep.py', index + 1, `f${index}`));
    const text = await rows(exchange({ frames, initiator: 0 }));
    assert.match(text, /deep\.py:30 [\s\S]*deep\.py:29 [\s\S]*… 22 more[\s\S]*deep\.py:1 /);
    assert.doesNotMatch(text, /deep\.py:15 /);
  });

  it('does without columns where there is no room', async () => {
    const text = await rows(exchange({}, 'requests'), 60);
    assert.ok(
      text.split('\n').every((line) => line.length < 60),
      text,
    );
    assert.match(text, /frames {6}your code\n {17}upload\.py:14 upload ◂ your/);
  });

  it('says nothing about no stack', async () => {
    assert.equal(await rows(exchange({ frames: [], initiator: -1 })), '');
  });
});
