import assert from 'node:assert/strict';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { type RunInput, RunRecorded } from '../../../src/extension/tools/runRecorded';
import { api, extension, workspaceFolder } from '../support/extension';

const none = () => new vscode.CancellationTokenSource().token;
const textOf = (result: vscode.LanguageModelToolResult) =>
  result.content.map((part) => (part instanceof vscode.LanguageModelTextPart ? part.value : '')).join('');
/** What stands in the frame, as JSON. */
const dataOf = (text: string) => JSON.parse(/<recorded-data>\n([\s\S]*)\n<\/recorded-data>$/.exec(text)?.[1] ?? '');

async function ask(name: string, input: object): Promise<string> {
  return textOf(await vscode.lm.invokeTool(name, { input, toolInvocationToken: undefined }, none()));
}

describe('the tools for language models', () => {
  let run: RunRecorded;
  /** Name of the capture that the first test makes. */
  let capture: string;

  before(async () => {
    // as registered; asked for through the editor it would wait for somebody to agree
    run = new RunRecorded((await api()).onDidConclude);
  });

  const running = async (input: RunInput) =>
    textOf(await run.invoke({ input, toolInvocationToken: undefined }, none()));

  it('are all registered as contributed', () => {
    const contributed: { name: string }[] = extension().packageJSON.contributes.languageModelTools;
    const known = new Set(vscode.lm.tools.map(({ name }) => name));
    assert.equal(contributed.length, 4);
    for (const { name } of contributed) assert.ok(known.has(name), `${name} is not among ${[...known].join(', ')}`);
  });

  it('ask before they run a program, and show it whole', () => {
    const input = { program: '/a/b.py', args: ['two words', 'x\ny'] };
    const { confirmationMessages } = run.prepareInvocation({ input });
    const message = confirmationMessages?.message;
    assert.ok(message instanceof vscode.MarkdownString);
    assert.match(message.value, /python \/a\/b\.py "two words" "x\\ny"/);
    for (const wrong of [{}, { program: 'a', module: 'b' }])
      assert.throws(() => run.prepareInvocation({ input: wrong }));
  });

  it('run a program to its end, without stopping, and report', async () => {
    const { configurations } = vscode.workspace.getConfiguration('launch', workspaceFolder().uri);
    const example = configurations.find(({ name }: { name: string }) => name === 'example refused over TLS');
    const program = join(workspaceFolder().uri.fsPath, 'secret.py');
    const text = await running({ program, args: [example.args[0]] });
    const told = dataOf(text);
    assert.equal(told.exchanges, 1, text);
    assert.match(told.findings[0].title, /refused/);
    assert.ok(!text.includes('s3cr3t'), text);
    capture = told.capture;
  });

  it('list exchanges, by a filter', async () => {
    const [row] = dataOf(await ask('framewire_listExchanges', { capture })).newestFirst;
    assert.equal(row.status, 413);
    assert.equal(row.replyNeverReadByProgram, true);
    assert.deepEqual(dataOf(await ask('framewire_listExchanges', { capture, filter: '-status:413' })).newestFirst, []);
    await assert.rejects(ask('framewire_listExchanges', { capture, filter: 'larger-than:much' }), /larger-than/);
  });

  it('give a finding with its evidence and what the server had said', async () => {
    const [{ id }] = dataOf(await ask('framewire_listExchanges', { capture })).newestFirst;
    const text = await ask('framewire_getFinding', { capture, exchange: id });
    const { finding, reply, request, frames } = dataOf(text);
    assert.ok(finding.evidence.length > 0 && finding.advice.length > 0, text);
    assert.equal(reply.startLine, 'HTTP/1.1 413 Request Entity Too Large');
    assert.match(reply.beginning.content, /413 Request Entity Too Large/);
    assert.ok(request.headers.some((header: string) => header.startsWith('Authorization: ')));
    assert.ok(frames.some(({ at }: { at: string }) => at.includes('secret.py:')));
    assert.ok(!text.includes('s3cr3t'), text);
  });

  it('read bytes, few at a time and with secrets masked', async () => {
    const [{ id }] = dataOf(await ask('framewire_listExchanges', { capture })).newestFirst;
    const read = (more: object) => ask('framewire_readBytes', { capture, exchange: id, direction: 'request', ...more });
    const head = dataOf(await read({ length: 1_000_000 }));
    assert.equal(head.length, 4096);
    assert.match(head.content, /^POST \/api\/asciicasts HTTP\/1\.1\r\n/);
    assert.ok(head.maskedBytes > 0 && !head.content.includes('s3cr3t'), head.content);
    assert.equal(dataOf(await read({ start: 2000, length: 3 })).content, 'ooo');
    await assert.rejects(
      ask('framewire_readBytes', { capture, exchange: 'none', direction: 'reply' }),
      /no exchange none/,
    );
  });

  it('know only the captures of this window and its workspace', async () => {
    await assert.rejects(ask('framewire_listExchanges', { capture: '/etc' }), /There is no capture \/etc/);
  });
});
