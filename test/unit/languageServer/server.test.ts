import assert from 'node:assert/strict';
import { UPLOAD_PLACE_REQUEST, type UploadPlace } from '../../../src/base/uploadPlace';
import { Client } from './support/client';

const URI = 'untitled:upload.py';
const TEXT = `import requests

with open('f', 'rb') as f:
    requests.post('u', data=f.read(), verify=False)
`;

describe('the language server, over its protocol', () => {
  let client: Client;
  beforeEach(() => {
    client = new Client();
  });
  afterEach(() => client.stop());

  const codes = async () => (await client.diagnostics(URI)).map(({ code }) => code);

  it('tells what a call sends through', async () => {
    await client.start();
    await client.open(URI, TEXT);
    const hover = await client.hover(URI, 3, 15);
    assert.deepEqual(hover?.contents, {
      kind: 'markdown',
      value: 'Sends an HTTP request with a body through **requests**: `requests.post`.',
    });
    assert.equal(await client.hover(URI, 2, 7), null, 'open() sends nothing');
  });

  it('gives hints with quick fixes', async () => {
    await client.start();
    await client.open(URI, TEXT);
    const found = await client.diagnostics(URI);
    assert.deepEqual(
      found.map(({ code, range }) => [code, range.start.line]),
      [
        ['missingTimeout', 3],
        ['wholeFileInMemory', 3],
        ['certificateChecksOff', 3],
      ],
    );
    const actions = await client.codeActions(
      URI,
      found[1]?.range ?? { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } },
    );
    const edits = actions.map(({ edit }) => edit?.changes?.[URI]?.[0]?.newText);
    assert.deepEqual(edits, ['f']);
  });

  it('follows edits', async () => {
    await client.start();
    await client.open(URI, TEXT);
    assert.equal((await codes()).length, 3);
    const at = TEXT.split('\n')[3]?.indexOf(', verify') ?? -1;
    await client.change(URI, ', timeout=3', {
      start: { line: 3, character: at },
      end: { line: 3, character: at + ', verify=False'.length },
    });
    assert.deepEqual(await codes(), ['wholeFileInMemory']);
    await client.change(URI, 'import requests\nrequests.get("u")\n');
    assert.deepEqual(await codes(), ['missingTimeout']);
    await client.close(URI);
    assert.deepEqual(await codes(), []);
  });

  it('offers the code lens only to a client that has the command', async () => {
    await client.start();
    assert.equal(client.capabilities.codeLensProvider, undefined);

    const other = new Client();
    await other.start({ initializationOptions: { debugUploadCommand: 'some.command' } });
    assert.deepEqual(other.capabilities.codeLensProvider, {});
    await other.open(URI, `${TEXT}requests.get('u')\n`);
    const [lens, ...more] = await other.codeLenses(URI);
    assert.deepEqual(more, [], 'a request without a body is no upload');
    assert.deepEqual(lens?.command, {
      title: 'Debug upload here',
      command: 'some.command',
      arguments: [URI, lens?.range],
    });
    assert.equal(lens?.range.start.line, 3);
    await other.stop();
  });

  it('does what the settings say, also after a change', async () => {
    client.settings = { hover: false, hints: { missingTimeout: false, wholeFileInMemory: false } };
    await client.start({ configuration: true });
    await client.open(URI, TEXT);
    assert.deepEqual(await codes(), ['certificateChecksOff']);
    assert.equal(await client.hover(URI, 3, 15), null);

    client.settings = { enabled: false };
    const refreshed = client.expectRefresh();
    await client.connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
    await refreshed;
    assert.deepEqual(await codes(), []);
  });

  it('tells which call an upload is about, also when its hints are switched off', async () => {
    client.settings = { enabled: false };
    await client.start({ configuration: true });
    await client.open(URI, TEXT);
    const position = { line: 3, character: 6 };
    const params = { textDocument: { uri: URI }, range: { start: position, end: position } };
    const place = await client.connection.sendRequest<UploadPlace>(UPLOAD_PLACE_REQUEST, params);
    assert.deepEqual([place.kind, place.name, place.line, place.endLine], ['call', 'requests.post', 4, 4]);
    const unknown = { textDocument: { uri: 'untitled:closed.py' }, range: null };
    assert.equal(await client.connection.sendRequest(UPLOAD_PLACE_REQUEST, unknown), null);
  });
});
