// What recording costs, as ratios against the plain run: `npm run bench [-- --rounds N] [--mib N] [--python PATH]`.
// What it adds to the start of a debug session, against debugpy alone: `npm run bench -- start [--rounds N] [--python PATH]`.
// What wire breakpoints that never hold add to a send: `npm run bench -- breakpoints [--python PATH]`, and at the end of the first.
// How fast the language server is with a large source: `npm run bench -- language [--rounds N]`.
// How the wire panel fares on large captures: `npm run bench -- panel [--exchanges N] [--mib N] [--python PATH]`.
// How long the extension takes to activate: `npm run bench -- activation [--rounds N]`.
//
// The variants run interleaved, round after round, so that a noisy moment meets them all; a round's ratio is taken against the
// plain runs just before and after it, and the median over the rounds is shown, with the quartiles between which half of them lie. A
// short upload is disturbed more by whatever else runs: it is run several times a round under the probe. The client measures
// itself, start-up excluded; its CPU time tells whether the probe works more or the machine was busy with something else.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { root } from './lib/paths.mjs';
import { findPythons } from './lib/pythons.mjs';
import { runQuiet, which } from './lib/run.mjs';
import { ensureNodeModules } from './lib/setup.mjs';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: 'string', default: '7' },
    mib: { type: 'string', default: '256' },
    sends: { type: 'string', default: '100000' },
    exchanges: { type: 'string', default: '100000' },
    python: { type: 'string' },
    json: { type: 'string' },
  },
});
const rounds = Number(options.rounds);
const bytes = Number(options.mib) * 1024 * 1024;
const count = Number(options.sends);

/** What the probe may add: the project's promise, checked here. */
const LIMITS = { https: 0.15, http: 0.5, send: 5e-6, straceTimes: 5 };

ensureNodeModules();
if (positionals[0] === 'language') {
  const { benchLanguage } = await import('./bench-language.mjs');
  process.exit((await benchLanguage(rounds)) ? 0 : 1);
}
if (positionals[0] === 'activation') {
  const { benchActivation } = await import('./bench-activation.mjs');
  process.exit((await benchActivation(rounds)) ? 0 : 1);
}
runQuiet(process.execPath, [join(root, 'scripts/build.mjs')], { what: 'build' });
const { makeCertificate } = await import('../examples/certificate.mjs');
const python = options.python ?? findPythons().find(({ version }) => version.startsWith('3.11.'))?.path ?? 'python3';
if (positionals[0] === 'start') process.exit(await start());
if (positionals[0] === 'breakpoints') process.exit((await breakpoints(await makeCertificate())) ? 0 : 1);
if (positionals[0] === 'panel') {
  const { benchPanel } = await import('./lib/benchPanel.mjs');
  const mib = process.argv.some((argument) => argument.startsWith('--mib')) ? Number(options.mib) : undefined;
  process.exit((await benchPanel({ python, exchanges: Number(options.exchanges), mib })) ? 0 : 1);
}
const folder = mkdtempSync(join(tmpdir(), 'framewire-bench-'));
const certificate = join(folder, 'cert.pem');
const servers = [];

try {
  const pair = await makeCertificate();
  writeFileSync(certificate, pair.cert);
  writeFileSync(join(folder, 'key.pem'), pair.key, { mode: 0o600 });
  const plainPort = await startSink([]);
  const tlsPort = await startSink([certificate, join(folder, 'key.pem')]);
  // The shapes that bodies have: one bytes object, or a file in http.client's own blocks (8 KiB) or urllib3 2's (16 KiB).
  const upload = (scheme, port, block) => ({
    name: `${scheme.toUpperCase()} upload, ${options.mib} MiB ${block ? `in blocks of ${block / 1024} KiB` : 'in one send'}`,
    key: scheme,
    args: [scheme, port, bytes, block],
    times: block ? 1 : 3,
    // the kernel takes a plain body in a handful of calls: nothing for strace to slow down
    traced: scheme === 'https' || block > 0,
  });
  const workloads = [
    upload('https', tlsPort, 0),
    upload('https', tlsPort, 8192),
    upload('https', tlsPort, 16384),
    upload('http', plainPort, 0),
    upload('http', plainPort, 8192),
    upload('http', plainPort, 16384),
    {
      name: `${count.toLocaleString('en')} sends of 1 KiB`,
      key: 'sends',
      args: ['sends', plainPort, count],
      times: 1,
      per: count,
      traced: true,
    },
  ];
  const version = runQuiet(python, ['--version']).trim();
  process.stdout.write(`${version}, ${rounds} interleaved rounds, medians; ratios against the plain run\n`);
  const report = [];
  for (const workload of workloads) report.push(await measure(workload));
  print(report);
  const cheap = await breakpoints(pair);
  if (options.json) writeFileSync(options.json, JSON.stringify({ version, rounds, report }, null, 2));
  process.exitCode = cheap && report.every(({ kept }) => kept.every(({ holds }) => holds)) ? 0 : 1;
} finally {
  for (const server of servers) server.stdin.end();
  rmSync(folder, { recursive: true, force: true });
}

async function breakpoints(pair) {
  const { benchWireBreakpoints } = await import('./lib/benchWireBreakpoints.mjs');
  return benchWireBreakpoints({ python, pair });
}

/** Compares the start of a debug session; resolves to the exit code. */
async function start() {
  const { benchStart, START_LIMIT } = await import('./lib/benchStart.mjs');
  const version = runQuiet(python, ['--version']).trim();
  process.stdout.write(`${version}, ${rounds} interleaved pairs, medians: to the stop on the first line\n\n`);
  const { ours, debugpy, added } = await benchStart({ python, rounds });
  for (const [key, what] of [
    ['whole', "from the start of the adapter's process"],
    ['launch', 'from the launch request'],
  ]) {
    const times = `debugpy ${debugpy[key].toFixed(0)} ms   ours ${ours[key].toFixed(0)} ms`;
    const ratio = `${(ours[key] / debugpy[key]).toFixed(2)}x   ${added[key].toFixed(0)} ms added`;
    process.stdout.write(`  ${what.padEnd(40)} ${times}   ${ratio}\n`);
  }
  const most = Math.max(added.whole, added.launch);
  process.stdout.write(`  ${most <= START_LIMIT ? '✓' : '✗'} at most ${START_LIMIT} ms added\n`);
  return most <= START_LIMIT ? 0 : 1;
}

/** Starts a server that throws uploads away; resolves to its port. */
async function startSink(args) {
  const server = spawn(python, [join(root, 'test/bench/sink.py'), ...args], { stdio: ['pipe', 'pipe', 'inherit'] });
  servers.push(server);
  const [line] = await once(createInterface({ input: server.stdout }), 'line');
  return Number(line);
}

/** The ways to run the client, by name; only those that this machine can run. */
function variants() {
  const list = {
    plain: () => [python, {}],
    probe: () => {
      const capture = mkdtempSync(join(folder, 'capture-'));
      const path = [join(root, 'dist/probe/bootstrap'), process.env.PYTHONPATH].filter(Boolean).join(delimiter);
      return [python, { PYTHONPATH: path, FRAMEWIRE_CAPTURE: capture }, [], capture];
    },
  };
  const debugpy = join(root, 'dist/debugpy');
  if (existsSync(debugpy)) {
    // debugpy with nobody attached: its tracing is set up, as in a session without breakpoints
    const path = [debugpy, process.env.PYTHONPATH].filter(Boolean).join(delimiter);
    list.debugpy = () => [
      python,
      { PYTHONPATH: path },
      ['-Xfrozen_modules=off', '-m', 'debugpy', '--listen', '127.0.0.1:0'],
    ];
  }
  if (which('strace')) {
    const traced = 'trace=network,write,writev,read,close';
    list.strace = () => ['strace', {}, ['-f', '-o', join(folder, 'strace.txt'), '-e', traced, python]];
  }
  return list;
}

/** Seconds that one client run took by its own clock, and of its CPU time. */
async function clientRun(variant, args) {
  const [command, env, before = [], capture] = variant();
  const child = spawn(command, [...before, join(root, 'test/bench/client.py'), ...args.map(String)], {
    env: { ...process.env, SSL_CERT_FILE: certificate, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  let errors = '';
  child.stdout.on('data', (chunk) => (text += chunk));
  child.stderr.on('data', (chunk) => (errors += chunk));
  const [code] = await once(child, 'close');
  if (capture) rmSync(capture, { recursive: true, force: true });
  const [, seconds, cpu] = (/^seconds (\S+) cpu (\S+)/m.exec(text) ?? []).map(Number);
  if (code !== 0 || !(seconds > 0)) throw new Error(`${command} ${args.join(' ')} ended with ${code}: ${errors}`);
  return { seconds, cpu };
}

async function measure({ name, key, args, times, per, traced }) {
  const ways = variants();
  const others = Object.keys(ways).filter((way) => way !== 'plain');
  const schedule = others.flatMap((way) => Array(way === 'probe' ? times : 1).fill(way));
  const runs = Object.fromEntries(others.map((way) => [way, []]));
  const plains = [];
  await clientRun(ways.plain, args);
  let before = await clientRun(ways.plain, args);
  for (let round = 0; round < rounds; round += 1) {
    for (const way of schedule) {
      const run = await clientRun(ways[way], args);
      const after = await clientRun(ways.plain, args);
      const seconds = (before.seconds + after.seconds) / 2;
      plains.push(after.seconds);
      runs[way].push({
        ratio: run.seconds / seconds,
        cpu: (2 * run.cpu) / (before.cpu + after.cpu),
        added: run.seconds - seconds,
      });
      before = after;
    }
    process.stderr.write(`\r${name}: round ${round + 1} of ${rounds} `);
  }
  process.stderr.write('\r\x1b[K');
  const result = { name, key, traced, plainSeconds: median(plains), per: per ?? null, kept: [] };
  const middles = (what) => Object.fromEntries(others.map((way) => [way, median(runs[way].map((run) => run[what]))]));
  result.ratio = middles('ratio');
  result.cpuRatio = middles('cpu');
  result.addedSeconds = middles('added');
  result.quartiles = Object.fromEntries(others.map((way) => [way, quartiles(runs[way].map(({ ratio }) => ratio))]));
  result.runs = Object.fromEntries(others.map((way) => [way, runs[way].length]));
  result.kept = promises(result);
  return result;
}

function promises({ key, traced, ratio, addedSeconds, per }) {
  const kept = [];
  const say = (what, holds) => kept.push({ what, holds });
  if (key === 'sends') {
    const each = addedSeconds.probe / per;
    say(`${(each * 1e6).toFixed(2)} µs added per send (at most ${LIMITS.send * 1e6})`, each <= LIMITS.send);
  } else {
    const share = ratio.probe - 1;
    say(`${(share * 100).toFixed(1)} % added (at most ${LIMITS[key] * 100} %)`, share <= LIMITS[key]);
  }
  if (traced && addedSeconds.strace !== undefined) {
    const times = addedSeconds.strace / Math.max(addedSeconds.probe, 1e-9);
    const text = times > 1000 ? 'more than 1000' : times.toFixed(1);
    say(`strace adds ${text} times as much (at least ${LIMITS.straceTimes})`, times >= LIMITS.straceTimes);
  }
  return kept;
}

function print(report) {
  for (const { name, plainSeconds, per, ratio, cpuRatio, addedSeconds, quartiles, runs, kept } of report) {
    process.stdout.write(`\n${name}   plain ${(plainSeconds * 1000).toFixed(0)} ms\n`);
    for (const way of Object.keys(ratio)) {
      const each = per ? `   ${((addedSeconds[way] / per) * 1e6).toFixed(2)} µs per send` : '';
      const milliseconds = (addedSeconds[way] * 1000).toFixed(0).padStart(7);
      const [low, high] = quartiles[way].map((value) => value.toFixed(2));
      const spread = `half of ${runs[way]} runs ${low} to ${high}`;
      // strace's own time is another process's
      const cpu = way === 'strace' ? '' : `   CPU time ${cpuRatio[way].toFixed(2)}x`;
      process.stdout.write(
        `  ${way.padEnd(8)} ${ratio[way].toFixed(2).padStart(6)}x ${milliseconds} ms added${each}   ${spread}${cpu}\n`,
      );
    }
    for (const { what, holds } of kept) process.stdout.write(`  ${holds ? '✓' : '✗'} ${what}\n`);
  }
}

/** The values below which a quarter and three quarters of the others lie. */
function quartiles(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return [0.25, 0.75].map((share) => sorted[Math.round(share * (sorted.length - 1))]);
}

function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
