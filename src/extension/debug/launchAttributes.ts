// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the editor substitutes these variables
/**
 * Every attribute of a `framewire` launch configuration, described once: the manifest's schema, its texts and the
 * TypeScript type come from here. The names and meanings are debugpy's, and `wire` is our own.
 */
import {
  count,
  document,
  flag,
  type Infer,
  list,
  object,
  oneOf,
  optional,
  type Schema,
  text,
} from '../../messages/schema';
import { wireOptions } from '../../messages/wireOptions';

/** What is in force when the attribute is left out; shown by the editor of launch.json. */
function byDefault<S extends Schema<unknown>>(schema: S, value: unknown): S {
  return { ...schema, json: { ...schema.json, default: value } };
}

/** One text, or several. */
const textOrList = (description: string): Schema<string | readonly string[]> => ({
  ...list(description, text('One of them.')),
  json: { description, anyOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' } }] },
  check: (value, where) =>
    typeof value === 'string' ? null : list(description, text('One of them.')).check(value, where),
});

/** A code, `null` for `sys.exit()`, or all codes of a range. */
const exitCodes: Schema<number | null | { readonly from: number; readonly to: number }> = {
  description: 'An exit code, `null` for `sys.exit()`, or a range of codes.',
  optional: false,
  json: {
    description: 'An exit code, `null` for `sys.exit()`, or a range of codes.',
    anyOf: [
      { type: ['integer', 'null'] },
      {
        type: 'object',
        properties: { from: { type: 'integer' }, to: { type: 'integer' } },
        required: ['from', 'to'],
        additionalProperties: false,
      },
    ],
  },
  check: (value, where) =>
    value === null || Number.isInteger(value)
      ? null
      : object('A range.', { from: count('First code.'), to: count('Last code.') }).check(value, where),
};

const presentation = (what: string) => optional(oneOf(what, ['group', 'inline', 'hide']));

/** By name; those that say how to debug go for attaching, too. */
export const attributes = {
  program: optional(byDefault(text('The Python program to run, an absolute path.'), '${file}')),
  command: optional(
    text(
      'An installed command to run by its name, such as `asciinema`, instead of a program: found on PATH, run by the Python it is installed for.',
    ),
  ),
  module: optional(text('The module to run, as with `python -m`, instead of a program.')),
  code: optional(
    textOrList('Python code to run, as with `python -c`, instead of a program; a list is joined by lines.'),
  ),
  args: optional(
    byDefault(textOrList('Arguments of the program. A single string goes through the shell; a list does not.'), []),
  ),
  python: optional(
    textOrList(
      "The Python interpreter, an absolute path, or a list with its arguments. Default: the one the program's first line names, else the one selected in the Python extension, else the active one.",
    ),
  ),
  pythonArgs: optional(byDefault(list('Arguments of the interpreter itself.', text('One argument.')), [])),
  cwd: optional(byDefault(text('The working folder, an absolute path.'), '${workspaceFolder}')),
  env: optional(
    byDefault(document('Variables added to the environment; `null` takes one out. They win over `envFile`.'), {}),
  ),
  envFile: optional(
    byDefault(text('A file of `NAME=value` lines added to the environment.'), '${workspaceFolder}/.env'),
  ),
  console: optional(
    byDefault(
      oneOf('Where the program runs and prints.', ['integratedTerminal', 'internalConsole', 'externalTerminal']),
      'integratedTerminal',
    ),
  ),
  consoleTitle: optional(text('Title of the terminal.')),
  redirectOutput: optional(
    flag("Show the program's output in the debug console. Default: only with `internalConsole`."),
  ),
  justMyCode: optional(flag('Debug only your own code, not that of libraries.', { default: true })),
  rules: optional(
    byDefault(
      list(
        'Exceptions to `justMyCode`, first match wins: which modules and files count as your own.',
        object('One rule.', {
          path: optional(text('A path with `*` and `**`.')),
          module: optional(text('Name of a module; it stands for its submodules too.')),
          include: flag('Whether it counts as your own.'),
        }),
      ),
      [],
    ),
  ),
  stopOnEntry: optional(flag('Stop at the first line of the program.', { default: false })),
  showReturnValue: optional(flag('Show what functions return when stepping.', { default: true })),
  subProcess: optional(flag('Debug Python processes that the program starts, too.', { default: true })),
  breakOnSystemExit: optional(
    list(
      'Exit codes at which `SystemExit` stops the debugger. Default: every code but 0; an empty list for none. An exit with a text always stops.',
      exitCodes,
    ),
  ),
  django: optional(flag('Debug Django templates.', { default: false })),
  jinja: optional(flag('Debug Jinja templates. Default: only for the module `flask`.')),
  flask: optional(flag('The program is a Flask application; the same as `jinja`.')),
  pyramid: optional(flag('The program is a Pyramid application.', { default: false })),
  gevent: optional(flag('Debug code that gevent has monkey-patched.', { default: false })),
  guiEventLoop: optional(
    text('Event loop to keep alive while stopped: `matplotlib`, `wx`, `qt`, `none` or a function.'),
  ),
  autoReload: optional(
    object('Reload code when its file changes.', {
      enable: optional(flag('Reload code when its file changes.', { default: false })),
      include: optional(list('Files to watch.', text('A path with `*` and `**`.'))),
      exclude: optional(list('Files not to watch.', text('A path with `*` and `**`.'))),
    }),
  ),
  pathMappings: optional(
    list(
      'Where the sources of this machine lie for the program.',
      object('One folder.', { localRoot: text('Here.'), remoteRoot: text('For the program.') }),
    ),
  ),
  variablePresentation: optional(
    object('How members of objects are shown.', {
      all: presentation('All of those below.'),
      special: presentation('Names like `__init__`.'),
      function: presentation('Functions.'),
      class: presentation('Classes.'),
      protected: presentation('Names that begin with `_`.'),
    }),
  ),
  logToFile: optional(flag("Keep the debugger's own log.", { default: false })),
  sudo: optional(flag('Run with elevated rights (not on Windows).', { default: false })),
  purpose: optional(
    list('What else this configuration serves.', oneOf('A purpose.', ['debug-test', 'debug-in-terminal'])),
  ),
  wire: optional(byDefault(wireOptions, { enabled: true })),
};

export const launchAttributes = object(
  'Runs a Python program under the debugger and records its network traffic.',
  attributes,
);

export type LaunchAttributes = Infer<typeof launchAttributes>;
