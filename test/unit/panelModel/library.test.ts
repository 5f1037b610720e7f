import assert from 'node:assert/strict';
import type { Exchange } from '../../../src/decode/exchange';
import { moduleOf, ownFrames } from '../../../src/panelModel/library';
import { usePanelCase } from '../../support/panelCase';

describe('moduleOf', () => {
  it('names modules as they are imported', () => {
    assert.equal(moduleOf('/usr/lib/python3.11/http/client.py'), 'http.client');
    assert.equal(moduleOf('/x/lib/python3.12/site-packages/urllib3/connectionpool.py'), 'urllib3.connectionpool');
    assert.equal(moduleOf('/usr/lib/python3/dist-packages/requests/__init__.py'), 'requests');
    assert.equal(moduleOf('C:\\Python311\\Lib\\http\\client.py'), 'http.client');
    assert.equal(moduleOf('<frozen runpy>'), 'runpy');
    assert.equal(moduleOf('/home/user/upload.py'), 'upload');
  });
});

describe('ownFrames', () => {
  const refused = usePanelCase();

  it('tells the program from its libraries', () => {
    const { exchange } = refused.current;
    assert.deepEqual(exchange.frames.map(ownFrames(exchange)), [false, false, true, true]);
  });

  it('takes the package of an installed program for its own, and no other', () => {
    const frame = (file: string) => ({ file, line: 1, function: 'f' });
    const site = '/usr/lib/python3/dist-packages';
    const frames = [
      frame('/usr/lib/python3.11/http/client.py'),
      frame(`${site}/requests/api.py`),
      frame(`${site}/asciinema/api.py`),
      frame(`${site}/asciinema/__main__.py`),
    ];
    const exchange: Exchange = { ...refused.current.exchange, frames, initiator: 2 };
    assert.deepEqual(frames.map(ownFrames(exchange)), [false, false, true, true]);
  });
});
