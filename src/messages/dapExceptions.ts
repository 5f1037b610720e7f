/** Exceptions as the adapter tells of them: everything as text, nothing of the program's was run to get it. */
import { count, flag, type Infer, integer, list, nullable, object, oneOf, text } from './schema';

const named = object('A name and a value.', {
  name: text('Name.'),
  value: text('Value; secrets are masked.'),
});

const frame = object('A place in Python source.', {
  file: text('Absolute path, or a name like "<frozen runpy>".'),
  line: count('Line number, from 1.'),
  function: text('Qualified name of the function.'),
  own: flag("The user's own code, not a library's."),
});

const link = object('One exception of a chain.', {
  name: text('Name of its class, "URLError".'),
  type: text('The same with its module, "urllib.error.URLError".'),
  message: nullable(text('Its text; null where only the program could make it.')),
  args: list('Its arguments, one by one, as source text.', text('One.')),
  errno: nullable(
    object('Its number.', {
      number: integer('Negative for name resolution on some systems.'),
      name: nullable(text('"EPIPE".')),
      meaning: nullable(text('What the system says that it means, "Broken pipe".')),
    }),
  ),
  attributes: list('Its attributes, as source text.', named),
  headers: list('Headers of the reply that it holds.', named),
  notes: list('Notes that were added to it.', text('One.')),
  relation: nullable(
    oneOf('How it hangs on the one at `of`: __cause__, __context__, or named in it; null for the first.', [
      'cause',
      'context',
      'reason',
    ]),
  ),
  of: nullable(count('Index in the chain; null for the first.')),
  frames: list('From where it was raised outwards.', frame),
  expression: nullable(text('Expression that gives it while the program is stopped at it; null otherwise.')),
});

export const exceptionSummary = object('An exception of the program.', {
  id: text('Unique in the capture and stable; while stopped, of that stop.'),
  process: nullable(text('Id of its process; null where nothing is recorded.')),
  pid: nullable(count('Process id; null when not known.')),
  fate: oneOf(
    'stopped: the program is stopped at it. raised: it reached the program, which runs. handled: a library dealt with it. caught: the program did. uncaught: it left the program.',
    ['stopped', 'raised', 'handled', 'caught', 'uncaught'],
  ),
  at: nullable(text('When it was first seen, ISO 8601.')),
  where: nullable(text('Operation that failed or library call that it left, "urllib.request.OpenerDirector.open".')),
  exchange: nullable(text('Id of the exchange that it broke.')),
  chain: list('The exception, then those that it names. Never empty.', link),
});

export type ExceptionSummary = Infer<typeof exceptionSummary>;
export type ExceptionLink = Infer<typeof link>;
export type ExceptionFrame = Infer<typeof frame>;
export type NamedValue = Infer<typeof named>;
