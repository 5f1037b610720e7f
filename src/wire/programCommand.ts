/** Options of debugpy's command line that take no value. */
const FLAGS = new Set(['--wait-for-client', '--log-to-stderr']);

/**
 * The command line of a program without the debugger that runs it: what the user started.
 * @param argv as the interpreter got it
 */
export function programCommand(argv: readonly string[]): readonly string[] {
  const [python = ''] = argv;
  const debugpy = argv.findIndex((word, index) => {
    return /[\\/]debugpy(?:[\\/]__main__\.py)?$/.test(word) || (word === 'debugpy' && argv[index - 1] === '-m');
  });
  if (debugpy > 0) {
    let at = debugpy + 1;
    while (argv[at]?.startsWith('--')) at += FLAGS.has(argv[at] as string) ? 1 : 2;
    return at < argv.length ? [python, ...argv.slice(at)] : argv;
  }
  // a child of a debugged program
  const pydevd = argv.findIndex((word) => /[\\/]pydevd\.py$/.test(word));
  const file = pydevd > 0 ? argv.indexOf('--file', pydevd) : -1;
  return file > 0 && file + 1 < argv.length ? [python, ...argv.slice(file + 1)] : argv;
}
