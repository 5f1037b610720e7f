import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { UPLOAD_PLACE_REQUEST, type UploadPlace } from '../../../src/base/uploadPlace';
import { EXCHANGES_NOTIFICATION, type PlacedExchange } from '../../../src/messages/language';
import { useTempFolder } from '../../support/tempFolder';
import { Client } from './support/client';
import { refusedExchange } from './support/exchanges';

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
    await other.start({ initializationOptions: { commands: { debugUpload: 'some.command' } } });
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

  describe('of exchanges', () => {
    const folder = useTempFolder();
    const post = TEXT.split('\n')[3] ?? '';
    const commands = { showExchange: 'show' };
    const labels = async (uri: string) =>
      (await client.inlayHints(uri)).map(({ label, position }) => [
        position.line,
        typeof label === 'string' ? label : label[0]?.value,
      ]);
    let uri: string;
    let exchange: PlacedExchange;
    beforeEach(async () => {
      const file = join(folder.path, 'upload.py');
      writeFileSync(file, TEXT);
      uri = pathToFileURL(file).href;
      exchange = refusedExchange({ began: Date.now() + 1000 });
      await client.start({ initializationOptions: { commands }, configuration: true });
      await client.open(uri, TEXT);
      await client.tell(file, 4, exchange);
    });

    it('shows the last one of a call everywhere, and moves it with the text', async () => {
      assert.deepEqual(await labels(uri), [[3, '413 · 115,906 of 12,444,474 B']]);
      const marked = (await client.diagnostics(uri)).find(({ code }) => code === 'refused-early');
      assert.equal(marked?.range.start.line, 3);
      const hover = await client.hover(uri, 3, 15);
      assert.match(JSON.stringify(hover), /Last exchange.*413 Request Entity Too Large/);
      assert.ok((await client.codeLenses(uri)).some(({ command }) => command?.title.startsWith('Last: 413')));

      await client.change(uri, '# first\n', { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } });
      assert.deepEqual(await labels(uri), [[4, '413 · 115,906 of 12,444,474 B']]);
      const end = post.indexOf("'u'") + 2;
      await client.change(uri, 'v', { start: { line: 4, character: end }, end: { line: 4, character: end } });
      assert.deepEqual(await labels(uri), [], 'it is another call now');
    });

    it('has them dismissed and cleared', async () => {
      const refreshed = client.expectRefresh();
      await client.connection.sendRequest('workspace/executeCommand', {
        command: 'framewire.dismissExchange',
        arguments: [exchange.capture, exchange.id],
      });
      await refreshed;
      assert.deepEqual(await labels(uri), []);
      await client.tell(join(folder.path, 'upload.py'), 4, { ...exchange, id: 'next' });
      assert.equal((await labels(uri)).length, 1);
      await client.connection.sendNotification(EXCHANGES_NOTIFICATION, { reset: true, exchanges: [], places: [] });
      assert.deepEqual(await labels(uri), []);
    });

    it('shows them in a file that is opened later, and again', async () => {
      await client.close(uri);
      await client.open(uri, `\n\n${TEXT}`);
      assert.deepEqual(await labels(uri), [[5, '413 · 115,906 of 12,444,474 B']]);
    });

    it('keeps quiet where the settings say so', async () => {
      client.settings = { lastExchange: { inlayHint: false, diagnostic: false, hover: false }, codeLens: false };
      const refreshed = client.expectRefresh();
      await client.connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
      await refreshed;
      assert.deepEqual(await labels(uri), []);
      assert.ok((await client.diagnostics(uri)).every(({ code }) => code !== 'refused-early'));
      assert.doesNotMatch(JSON.stringify(await client.hover(uri, 3, 15)), /Last exchange/);
      assert.deepEqual(await client.codeLenses(uri), []);
    });
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
