import assert from 'node:assert/strict';
import { unseenText } from '../../../src/export/unseenText';

describe('Libraries with sockets of their own', () => {
  it('are named once each, or not at all', () => {
    assert.equal(unseenText([]), null);
    assert.match(unseenText(['pycurl', 'pycurl']) ?? '', /^pycurl was loaded and brings sockets of its own/);
    assert.match(unseenText(['uvloop', 'gevent']) ?? '', /^gevent, uvloop were loaded and bring sockets of their own/);
  });
});
