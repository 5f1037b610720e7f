/** Runs the suites with mocha inside the extension host and reports to the program that started the host. */
import { once } from 'node:events';
import { connect } from 'node:net';
import { format } from 'node:util';
import Mocha from 'mocha';
import { hostOptions } from './options';

/** @param suites loads the test files; called once mocha's functions are there */
export async function runSuites(suites: ReadonlyArray<() => Promise<unknown>>): Promise<void> {
  const { reportPort, grep } = hostOptions();
  const channel = connect(reportPort, '127.0.0.1');
  await once(channel, 'connect');
  const send = (message: object) => channel.write(`${JSON.stringify(message)}\n`);
  try {
    // all that mocha's reporters print goes through this
    Mocha.reporters.Base.consoleLog = (...values: unknown[]) => void send({ text: `${format(...values)}\n` });
    const mocha = new Mocha({ ui: 'bdd', reporter: 'spec', timeout: 240_000, forbidOnly: true });
    if (grep !== null) mocha.grep(grep);
    mocha.suite.emit('pre-require', globalThis, 'suites', mocha);
    for (const load of suites) await load();
    const counts = await new Promise<object>((resolve) => {
      const runner = mocha.run(() => {
        const { passes: passed = 0, failures: failed = 0, pending = 0 } = runner.stats ?? {};
        resolve({ passed, failed, pending });
      });
      runner.on('fail', (test) => send({ failure: test.fullTitle() }));
    });
    send({ done: counts });
  } catch (error) {
    send({ text: `${error instanceof Error ? error.stack : error}\n`, done: { passed: 0, failed: 1, pending: 0 } });
  } finally {
    channel.end();
    await once(channel, 'close');
  }
}
