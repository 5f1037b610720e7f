import assert from 'node:assert/strict';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { hoverAt } from '../../../../src/languageServer/features/hover';
import { anchorsIn, placeIn } from '../support/exchanges';
import { analysisOf } from '../support/source';

describe('hover', () => {
  const at = (text: string, what: string) => {
    const document = TextDocument.create('untitled:a.py', 'python', 1, text);
    const hover = hoverAt(document, analysisOf(text), text.lastIndexOf(what), {
      describesCalls: true,
      anchors: [],
      showExchange: null,
    });
    return hover && (hover.contents as { value: string }).value;
  };

  it('names the library and the method, and says whether a body goes with it', () => {
    const text = (call: string) => `import requests\ns = requests.Session()\n${call}\n`;
    assert.equal(
      at(text('s.post("u", data=b"")'), 'post'),
      'Sends an HTTP request with a body through **requests**: `Session.post`.',
    );
    assert.equal(
      at(text('s.get("u")'), 'get'),
      'Sends an HTTP request without a body through **requests**: `Session.get`.',
    );
    assert.equal(at(text('s.post("u", **k)'), 'post'), 'Sends an HTTP request through **requests**: `Session.post`.');
  });

  it('names the function that a call goes through', () => {
    const text = 'import requests\n\ndef send(data):\n    requests.post("u", data=data)\nsend(b"")\n';
    assert.equal(
      at(text, 'send('),
      'Sends an HTTP request with a body through **requests**: `requests.post`.\n\nBy way of `send`, defined in line 3.',
    );
  });

  it('says when the method is not written down', () => {
    const text = 'import requests\nverb = getattr(requests, name)\nverb("u")\n';
    assert.equal(
      at(text, 'verb('),
      'Sends an HTTP request without a body through **requests**: which method is decided when the program runs.',
    );
  });

  it('tells of the last exchange, with a link to it', () => {
    const text = 'import requests\nrequests.post(u, data=d)\n';
    const { document, anchors } = anchorsIn(text, placeIn(text, 2));
    const value = (describesCalls: boolean) => {
      const hover = hoverAt(document, analysisOf(text), text.indexOf('post'), {
        describesCalls,
        anchors,
        showExchange: 'show',
      });
      return hover === null ? '' : (hover.contents as { value: string }).value;
    };
    assert.match(value(true), /^Sends an HTTP request.*\n\n---\n\n\*\*Last exchange\*\*: POST /s);
    assert.match(
      value(false),
      /^\*\*Last exchange\*\*.*\]\(command:show\?%5B%22%2Fcaptures%2Fone%22%2C%22[\w.%-]*%22%5D\)$/s,
    );
  });

  it('is for the name that is called, not for arguments', () => {
    const text = 'import socket\ns = socket.socket()\ns.sendall(payload)\n';
    assert.equal(at(text, 'sendall'), 'Sends bytes through **socket**: `socket.sendall`.');
    assert.equal(at(text, 'payload'), null);
  });
});
