// The original case in one command: `npm run demo [-- --built-in] [-- --editor | --no-editor]`.
//
// With nginx and asciinema installed it is the real pair; otherwise an example uploader and a server of our own that
// refuses in the same way. The report is printed; then the same case is offered in VS Code, ready for F5.
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import { out, root } from './lib/paths.mjs';
import { findPythons } from './lib/pythons.mjs';
import { run, runQuiet } from './lib/run.mjs';
import { ensureNodeModules } from './lib/setup.mjs';

const { values: options } = parseArgs({
  options: { 'built-in': { type: 'boolean' }, editor: { type: 'boolean' }, 'no-editor': { type: 'boolean' } },
});

ensureNodeModules();
process.stdout.write('· building\n');
const { buildAll } = await import('./build.mjs');
await buildAll();

const workspace = join(out, 'demo');
rmSync(workspace, { recursive: true, force: true });
mkdirSync(join(workspace, '.vscode'), { recursive: true });

const demo = await prepare();
try {
  writeFileSync(
    join(workspace, '.vscode', 'launch.json'),
    JSON.stringify({ version: '0.2.0', configurations: [demo.configuration] }, null, 2),
  );
  process.stdout.write(`\n${demo.what}\n\n$ framewire run -- ${demo.shown}\n`);
  await run(
    process.execPath,
    [join(root, 'bin/framewire.mjs'), 'run', '--capture', join(workspace, '.framewire/first'), '--', ...demo.command],
    { cwd: workspace, env: { ...process.env, ...demo.environment } },
  );
  if (await wanted()) {
    const { openEditor } = await import('./lib/openEditor.mjs');
    await openEditor({ workspaceFolder: workspace });
  } else {
    process.stdout.write('\nThe same case in VS Code, ready for F5:  npm run demo -- --editor\n');
  }
} finally {
  await demo.stop();
}

/** Whether to go on to the editor: as the options say, else by asking, where somebody can answer. */
async function wanted() {
  if (options.editor || options['no-editor']) return options.editor === true;
  if (!process.stdin.isTTY || !process.stdout.isTTY) return false;
  const prompt = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await prompt.question('\nSee the same case in VS Code, ready for F5? [Y/n] ');
  prompt.close();
  return !/^n/i.test(answer.trim());
}

/** Starts the server and says what to run against it. */
async function prepare() {
  const original = await import('./lib/originalCase.mjs');
  const asciinema = original.findAsciinema();
  if (!options['built-in'] && asciinema !== null && original.findNginx() !== null) {
    const server = await original.startOriginalCase();
    cpSync(server.castPath(), join(workspace, 'demo.cast'));
    const environment = server.environment(server.tlsUrl);
    return {
      what: `The original pair: asciinema uploads 12,444,283 bytes to nginx at ${server.tlsUrl}, which takes 5 MB.`,
      shown: 'asciinema upload demo.cast',
      command: [asciinema, 'upload', 'demo.cast'],
      environment,
      configuration: configuration(asciinema, ['upload', 'demo.cast'], environment, shebangPython(asciinema)),
      stop: server.stop,
    };
  }
  const python = findPythons().at(-1);
  if (!python) throw new Error('Python 3.8 or newer is needed: apt-get install python3');
  const { startRefusingServer } = await import('../examples/refusing-server.mjs');
  const server = await startRefusingServer();
  writeFileSync(join(workspace, 'cert.pem'), server.certificate);
  cpSync(join(root, 'examples/upload.py'), join(workspace, 'upload.py'));
  runQuiet(python.path, [join(root, 'test/fixtures/make_cast.py'), join(workspace, 'demo.cast')]);
  const environment = { SSL_CERT_FILE: join(workspace, 'cert.pem') };
  const args = [`${server.tlsUrl}/api/asciicasts`, 'demo.cast'];
  return {
    what: `A built-in server at ${server.tlsUrl} takes 5 MB; upload.py sends it 12,444,283 bytes.`,
    shown: `upload.py ${args.join(' ')}`,
    command: [python.path, 'upload.py', ...args],
    environment,
    configuration: configuration(join(workspace, 'upload.py'), args, environment, python.path),
    stop: server.stop,
  };
}

function configuration(program, args, env, python) {
  return {
    name: 'Upload that fails',
    type: 'framewire',
    request: 'launch',
    program,
    args,
    env,
    python,
    cwd: '${' + 'workspaceFolder}',
    console: 'internalConsole',
    justMyCode: false,
    // sys.exit(1) is how an upload tells its failure, and no place to stop
    breakOnSystemExit: [],
  };
}

/** The interpreter that an installed Python command names in its first line. */
function shebangPython(path) {
  const line = readFileSync(path, 'utf8')
    .split('\n', 1)[0]
    .replace(/^#!\s*/, '')
    .trim();
  const words = line.split(/\s+/);
  return words[0].endsWith('/env') ? words.at(-1) : existsSync(words[0]) ? words[0] : 'python3';
}
