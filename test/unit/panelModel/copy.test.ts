import assert from 'node:assert/strict';
import { redact, reveal } from '../../../src/export/redact';
import { copyBytes, curlCommand, pythonLiteral } from '../../../src/panelModel/copy';
import { Conversation } from '../../support/conversation';
import { usePanelCase } from '../../support/panelCase';

describe('copies of bytes', () => {
  it('are hex, text and what repr() writes', () => {
    const bytes = Buffer.from("a'\\\n\x00\xff", 'latin1');
    assert.equal(copyBytes(bytes, 'hex'), '61 27 5c 0a 00 ff');
    assert.equal(copyBytes(Buffer.from('né'), 'text'), 'né');
    assert.equal(pythonLiteral(bytes), "b'a\\'\\\\\\n\\x00\\xff'");
  });
});

describe('a request as cURL', () => {
  const refused = usePanelCase();
  const simple = usePanelCase(() => {
    const talk = new Conversation();
    talk.connect();
    talk.send("PUT /it's HTTP/1.1\r\nHost: h:8080\r\nX-Odd: a\u0007b\r\nContent-Length: 2\r\n\r\nok");
    talk.end();
    return talk;
  });

  it('masks secrets unless they are revealed', () => {
    const masked = curlCommand(refused.current.exchange, null, redact);
    assert.match(masked, /'Authorization: Basic •••'/);
    assert.ok(!masked.includes('s3cr3t'), masked);
    assert.match(curlCommand(refused.current.exchange, null, reveal), /token=s3cr3t.*Basic dXNlcjpwYXNz/);
  });

  it('leaves out what curl makes itself and quotes for a shell', () => {
    assert.equal(
      curlCommand(simple.current.exchange, Buffer.from('ok'), redact),
      "curl --globoff --request PUT 'http://h:8080/it'\\''s' --header $'X-Odd: a\\x07b' --data-binary 'ok'",
    );
  });

  it('says that there is none where there is no request', async () => {
    const talk = new Conversation();
    talk.connect('127.0.0.1', 80, { result: 'failed', error: null });
    talk.end();
    try {
      const exchange = await talk.exchange();
      assert.throws(() => curlCommand(exchange, null, redact), /no HTTP request/);
    } finally {
      talk.folder.remove();
    }
  });
});
