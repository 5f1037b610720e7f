import assert from 'node:assert/strict';
import type { RecordedExchange } from '../../../../src/extension/exchanges/captureExchanges';
import { notifications, placesOf } from '../../../../src/extension/exchanges/places';
import { refusedExchange } from '../../languageServer/support/exchanges';

const frame = (file: string, line: number, name: string) => ({ file, line, function: name, own: true });
const INITIATOR = frame('/site-packages/asciinema/urllib_http_adapter.py', 108, 'URLLibHttpAdapter.post');
const FRAMES = [
  frame('/usr/lib/python3.11/http/client.py', 1000, 'HTTPConnection.send'),
  frame('/usr/lib/python3.11/urllib/request.py', 216, 'urlopen'),
  INITIATOR,
  frame('/site-packages/asciinema/api.py', 31, 'Api.upload_asciicast'),
  frame('<frozen runpy>', 88, '_run_code'),
  frame('/site-packages/asciinema/upload.py', 14, 'UploadCommand.__init__'),
  frame('/site-packages/asciinema/main.py', 9, 'main.<locals>.<lambda>'),
  frame('/bin/asciinema', 2, '<module>'),
];

function recorded(given: Partial<RecordedExchange> = {}): RecordedExchange {
  const { capture: _, ...rest } = refusedExchange();
  const initiator = { file: INITIATOR.file, line: INITIATOR.line, function: INITIATOR.function };
  return { ...rest, pid: 1, host: null, port: null, readByProgram: false, initiator, frames: FRAMES, ...given };
}

describe('the places of an exchange', () => {
  it('are the initiator and the lines that led to it, each with what it called', () => {
    assert.deepEqual(
      placesOf(recorded()).map(({ line, calls, initiator }) => [line, calls, initiator]),
      [
        [108, 'urlopen', true],
        [31, 'post', false],
        [14, '_run_code', false],
        [9, 'UploadCommand', false],
        [2, null, false],
      ],
    );
  });

  it('are the initiator alone when its frame was left out, and none without one', () => {
    assert.deepEqual(
      placesOf(recorded({ frames: [] })).map(({ line, calls }) => [line, calls]),
      [[108, null]],
    );
    assert.deepEqual(placesOf(recorded({ initiator: null })), []);
  });

  it('are told in messages of bounded size', () => {
    const many = Array.from({ length: 450 }, (_, index) => ({ capture: '/c', of: recorded({ id: String(index) }) }));
    const messages = notifications(many);
    assert.deepEqual(
      messages.map(({ exchanges, places }) => [exchanges.length, places.length]),
      [
        [200, 1000],
        [200, 1000],
        [50, 250],
      ],
    );
    assert.equal(messages[1]?.places.at(-1)?.exchange, 199);
    assert.equal(messages[1]?.exchanges[199]?.capture, '/c');
    assert.ok(!('frames' in (messages[0]?.exchanges[0] ?? {})), 'the places say it already');
  });
});
