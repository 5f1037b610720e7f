// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the editor substitutes these variables
/** Every attribute of a `framewire` configuration that attaches to a running program; the manifest's schema comes from here. */
import { t } from '../../base/l10n';
import { count, object, optional, type Schema, text } from '../../messages/schema';
import { attributes } from './launchAttributes';

const port = count('Port of the debugger.');

/** A number, or a text that the editor made of a variable. */
const PROCESS = 'Attach to the process with this number; `${command:pickProcess}` asks which.';
const processNumber: Schema<number | string> = {
  ...count(PROCESS),
  json: { description: PROCESS, anyOf: [{ type: 'integer' }, { type: 'string' }] },
  check: (value, where) => (/^[1-9]\d*$/.test(String(value)) ? null : `${where} must be the number of a process`),
};

const { python, justMyCode, rules, showReturnValue, subProcess, django, jinja, gevent } = attributes;
const { pathMappings, variablePresentation, logToFile, wire } = attributes;

export const attachAttributes = object(
  'Attaches to a running Python program and records its network traffic from there on.',
  {
    connect: optional(
      object('Attach to the program that listens at this address: `python -m debugpy --listen`.', {
        host: optional(text('Host of the debugger. Only programs of this machine are recorded.')),
        port,
      }),
    ),
    processId: optional(processNumber),
    listen: optional(
      object('Wait at this address for the program: `debugpy.connect`.', {
        host: optional(text('Address to listen at.')),
        port,
      }),
    ),
    python,
    justMyCode,
    rules,
    showReturnValue,
    subProcess,
    django,
    jinja,
    gevent,
    pathMappings,
    variablePresentation,
    logToFile,
    wire,
  },
);

/** What is wrong with the attributes of a configuration, one sentence, or null. Those not described are debugpy's business. */
export function whatIsWrongWithAttach(configuration: Readonly<Record<string, unknown>>): string | null {
  const known = attachAttributes.json.properties as Readonly<Record<string, unknown>>;
  const described = Object.entries(configuration).filter(([name, value]) => value != null && name in known);
  const wrong = attachAttributes.check(Object.fromEntries(described), 'launch.json');
  if (wrong) return wrong;
  const targets = ['connect', 'processId', 'listen'].filter((name) => configuration[name] != null);
  if (targets.length === 1) return null;
  return targets.length === 0
    ? t('A "connect", a "processId" or a "listen" is needed.')
    : t('Only one of {0} can be attached to.', targets.map((name) => `"${name}"`).join(', '));
}
