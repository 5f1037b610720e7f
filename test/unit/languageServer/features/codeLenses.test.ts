import assert from 'node:assert/strict';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { codeLenses } from '../../../../src/languageServer/features/codeLenses';
import { anchorsIn, placeIn } from '../support/exchanges';
import { analysisOf } from '../support/source';

describe('code lenses', () => {
  const lines = (text: string) => {
    const document = TextDocument.create('untitled:a.py', 'python', 1, text);
    return codeLenses(document, analysisOf(text), { debugUpload: 'command' }).map(({ range }) => range.start.line);
  };

  it('stand above calls that send data, or may', () => {
    const text = `import requests, smtplib
requests.post('u', data=b'')
requests.get('u')
requests.request(*arguments)
smtplib.SMTP('h').send_message(message)
def send(data): requests.put('u', data=data)
send(b'')
def fetch(url): requests.get(url)
fetch('u')
`;
    assert.deepEqual(lines(text), [1, 3, 4, 5, 6]);
  });

  it('tell of the last exchange where there was one', () => {
    const text = 'import requests\nrequests.post(u, data=d)\n';
    const { document, anchors } = anchorsIn(text, placeIn(text, 2));
    const lenses = codeLenses(document, analysisOf(text), { debugUpload: 'debug', showExchange: 'show' }, anchors);
    assert.deepEqual(
      lenses.map(({ command }) => [command?.title, command?.command]),
      [
        ['Debug upload here', 'debug'],
        ['Last: 413 · 115,906 of 12,444,474 B', 'show'],
      ],
    );
  });

  it('stand once in a line', () => {
    assert.deepEqual(lines(`import socket\na, b = socket.socketpair()\na.send(b''); b.send(b'')\n`), [2]);
  });
});
