/** The debug adapter's process: `adapter.mjs [--server PORT]`. */
import { setFlagsFromString } from 'node:v8';
import { cannotListen, HELP, readCommandLine } from './commandLine';
import { start } from './launch/start';
import { type Service, serveSocket, serveStreams } from './server';

// a busy program's records leave much behind that is soon garbage: it is to be collected before it has become a lot
setFlagsFromString('--heap-growing-percent=30');

const EX_USAGE = 64;
const EX_UNAVAILABLE = 69;

async function main(): Promise<number> {
  const asked = readCommandLine(process.argv.slice(2));
  switch (asked.mode) {
    case 'help':
      process.stdout.write(HELP);
      return 0;
    case 'wrong':
      process.stderr.write(`${asked.message}\n\n${HELP}`);
      return EX_USAGE;
    case 'stdio':
      return serve(serveStreams(process.stdin, process.stdout, start));
    case 'server':
      try {
        const listening = await serveSocket(asked.port, start);
        process.stdout.write(`Listening on 127.0.0.1:${listening.port}\n`);
        return await serve(listening);
      } catch (error) {
        process.stderr.write(`${cannotListen(asked.port, error as NodeJS.ErrnoException)}\n`);
        return EX_UNAVAILABLE;
      }
  }
}

/** Serves until all is over; a signal ends the sessions in order, so that no program is left behind. */
async function serve(service: Service): Promise<number> {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void service.stop());
  await service.done;
  return 0;
}

process.exitCode = await main();
// standard input may still be open, and would keep the process alive
process.stdin.destroy();
