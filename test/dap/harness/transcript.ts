/**
 * A debug session as text, for goldens: every event in order, what a client shows of each stop, and the program's output. What
 * differs from run to run or from machine to machine is replaced by its kind.
 */
import { readFileSync } from 'node:fs';
import type { Body, Client, Received } from './client';
import type { DebugSession } from './session';

/** Comes when it comes, or tells of debugpy's own affairs: left out. Everything else is in the transcript. */
const LEFT_OUT: readonly ((message: Received) => boolean)[] = [
  // told by time
  ({ event }) => ['framewireExchanges', 'framewireSockets', 'framewireExceptions'].includes(event ?? ''),
  // of debugpy's own affairs
  ({ event }) => event === 'debugpySockets',
  // the end of the last thread and the end of the process are told by different processes
  ({ event, body }) => event === 'thread' && body.reason === 'exited',
  // collected at the end
  ({ event }) => event === 'output',
];

/** Members of messages that differ, by what they are. */
const KINDS: Readonly<Record<string, string>> = {
  systemProcessId: 'pid',
  pointerSize: 'bits',
  line: 'line',
  threadIdent: 'thread',
  socket: 'socket',
  port: 'port',
  handed: 'bytes handed',
  accepted: 'bytes accepted',
  acknowledged: 'bytes acknowledged',
  bytes: 'bytes',
  elapsed: 'seconds',
  unreadFor: 'milliseconds',
};

/** Texts that differ, by what they are; in this order. */
const TEXTS: readonly (readonly [RegExp, string])[] = [
  [/\b(localhost|127\.0\.0\.1):\d+/g, '$1:<port>'],
  [/\[?::1\]?(:\d+)?/g, '<address>'],
  [/\bport = \d+/g, 'port = <port>'],
  [/\bprocess-\d+-/g, 'process-<pid>-'],
  [/\b0x[0-9a-f]{6,}/g, '<address>'],
  [/_ssl\.c:\d+/g, '_ssl.c:<line>'],
  [/(", line )\d+/g, '$1<line>'],
  [/\b(nginx|CPython|asciinema)\/[\d.]+/g, '$1/<version>'],
  [/\bLinux\/\S+/g, 'Linux/<version>'],
  [/\b[0-9a-f]{32}\b/g, '<boundary>'],
  [/\b\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT/g, '<date>'],
  [/\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d(-\d+)?/g, '<time>'],
  [/[\d,]+ B (handed|accepted|acknowledged)/g, '<bytes> B $1'],
  [/((?:handed to|accepted by|acknowledged by) [^=]*= )[\d,]+ B/g, '$1<bytes> B'],
  [/(about )?[\d,]+ of [\d,]+ B had left/g, '<bytes> of <bytes> B had left'],
  [/\bprocess-<pid>-0\.fwp\/\d+\//g, 'process-<pid>-0.fwp/<socket>/'],
  [/(socket = )#\d+/g, '$1#<socket>'],
  [/up to byte [\d,]+ of/g, 'up to byte <offset> of'],
  // the length of the server's name and version moves what is before it
  [/…"[^"]*<hr>/g, '…"<…><hr>'],
  [/(Content-Length(?:: | = ))\d{3}$/gm, '$1<length>'],
  [/\b\d+\.\d{3} s\b/g, '<seconds> s'],
  [/(arrived (?:= )?)(?:[\d,]+ ms|just)( before)/g, '$1<time>$2'],
  // which of the two depends on when the reset is noticed
  [/\b(ConnectionReset|BrokenPipe)Error(\((104|32)\))?/g, '<LostConnection>'],
  [/\[Errno (104|32)\] (Connection reset by peer|Broken pipe)/g, '<connection lost>'],
  [/\b(104, 'Connection reset by peer'|32, 'Broken pipe')/g, '<connection lost>'],
  [/^'?(104|32|Connection reset by peer|Broken pipe)'?$/g, '<connection lost>'],
  [/(errno: int = )(104|32)$/g, '$1<errno>'],
  [/(strerror: str = ).*/g, '$1<words>'],
  [/\b(ECONNRESET|EPIPE)\b/g, '<errno>'],
];

export interface Sanitizing {
  /** Folders by what they are, the most specific first: ["/tmp/x", "<folder>"]. */
  readonly paths: readonly (readonly [string, string])[];
}

export class Transcript {
  private readonly lines: string[] = [];
  private seen = 0;
  /** The report for people: its wording has tests of its own. */
  private report = '';

  constructor(
    private readonly client: Client,
    private readonly sanitizing: Sanitizing,
  ) {}

  /** Everything up to the next stop, and what there is to see at it; false when the program has ended. */
  async stop(dap: DebugSession): Promise<{ threadId: number } | null> {
    const stopped = await dap.client.eventOf(['stopped', 'terminated']);
    this.events();
    if (stopped.event !== 'stopped') return null;
    const { threadId } = stopped.body;
    const { stackFrames } = await dap.client.request('stackTrace', { threadId });
    this.heading('stack');
    for (const frame of stackFrames) this.line(`  ${this.frame(frame)}`);
    this.heading('exceptionInfo');
    this.json(await dap.client.request('exceptionInfo', { threadId }));
    const { scopes } = await dap.client.request('scopes', { frameId: stackFrames[0].id });
    for (const { name, variablesReference, expensive } of scopes) {
      this.heading(`scope ${name}${expensive ? ', expensive' : ''}`);
      // the program's own variables are debugpy's business
      if (name === 'Exception' || name === 'Wire') await this.variables(dap, variablesReference, 1);
    }
    return { threadId };
  }

  /** The rest of the events, and all output by category. */
  end(): void {
    this.events();
    const categories = this.client.timeline.filter(({ event }) => event === 'output').map(({ body }) => body.category);
    for (const category of [...new Set(categories)].sort()) {
      const text = this.client.outputOf(category);
      if (category === 'telemetry' || text.trim() === '') continue;
      if (text.trim() === this.report) {
        this.heading(`output ${category}: the report`);
        continue;
      }
      this.heading(`output ${category}`);
      for (const line of text.trimEnd().split('\n')) this.line(`  ${line}`);
    }
  }

  note(text: string): void {
    this.heading(text);
  }

  toString(): string {
    return `${this.lines.join('\n')}\n`;
  }

  private events(): void {
    for (const message of this.client.timeline.slice(this.seen)) {
      this.seen += 1;
      const { type, event, command, body = {}, arguments: given } = message;
      if (type === 'response' || LEFT_OUT.some((leaves) => leaves(message))) continue;
      this.heading(event === undefined ? `request ${command}` : `event ${event}`);
      if (event === 'framewireFindings') this.report = body.report.trim();
      this.json(event === 'framewireFindings' ? { ...body, report: '<the report>' } : (given ?? body));
    }
  }

  /** "send http/client.py: self.sock.sendall(data)": the line's text, since numbers differ between versions. */
  private frame({ name, line, source, presentationHint }: Body): string {
    const hint = [presentationHint, source?.presentationHint].filter(Boolean).join(', ');
    return `${name}  ${this.clean(source?.path ?? '?')}: ${lineOf(source?.path, line)}${hint ? `  [${hint}]` : ''}`;
  }

  /** Ours to the bottom; of the exception's attributes only what they are, where debugpy has groups of its own. */
  private async variables(dap: DebugSession, variablesReference: number, depth: number): Promise<void> {
    const { variables } = await dap.client.request('variables', { variablesReference });
    for (const { name, value, type, variablesReference: inner, memoryReference } of variables as Body[]) {
      const memory = memoryReference ? '  [memory]' : '';
      this.line(`${'  '.repeat(depth)}${name}${type ? `: ${type}` : ''} = ${oneLine(value)}${memory}`);
      const groups = / variables$/.test(name);
      if (inner > 0 && depth < 3 && !groups && type === undefined) await this.variables(dap, inner, depth + 1);
    }
  }

  private heading(text: string): void {
    this.lines.push(this.clean(text));
  }

  private line(text: string): void {
    this.lines.push(this.clean(text).trimEnd());
  }

  private json(body: Body): void {
    for (const [name, value] of Object.entries(this.sanitized(body) as Body)) this.member(name, value, 1);
  }

  private member(name: string, value: unknown, depth: number): void {
    const indent = '  '.repeat(depth);
    if (typeof value === 'object' && value !== null && Object.keys(value).length > 0) {
      this.lines.push(`${indent}${name}:`);
      for (const [inner, one] of Object.entries(value)) this.member(inner, one, depth + 1);
    } else if (typeof value === 'string' && value.includes('\n')) {
      this.lines.push(`${indent}${name}:`);
      for (const line of value.trimEnd().split('\n')) this.lines.push(`${indent}  | ${line}`.trimEnd());
    } else {
      this.lines.push(`${indent}${name}: ${JSON.stringify(value)}`);
    }
  }

  private sanitized(value: unknown, name = ''): unknown {
    if (name === 'errnoMeaning' && value) return '<meaning>';
    if (typeof value === 'string') return this.clean(name === 'stackTrace' ? places(value) : value);
    if (typeof value === 'number') {
      return KINDS[name] ? `<${KINDS[name]}>` : name === 'errno' ? errno(value) : value;
    }
    if (Array.isArray(value)) return value.map((one) => this.sanitized(one, name));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, this.sanitized(one, key)]));
  }

  private clean(text: string): string {
    let cleaned = text;
    for (const [path, kind] of this.sanitizing.paths) cleaned = cleaned.replaceAll(path, kind);
    for (const [pattern, kind] of TEXTS) cleaned = cleaned.replace(pattern, kind);
    return cleaned;
  }
}

/** The places and the last line of a traceback: its source lines are shown with the stack, and carets not by every Python. */
function places(text: string): string {
  const lines = text.trimEnd().split('\n');
  return lines.filter((line, index) => /^ {2}File "/.test(line) || index === lines.length - 1).join('\n');
}

const errno = (value: number): number | string => (value === 104 || value === 32 ? '<errno>' : value);

const oneLine = (text: string): string => text.replace(/\n/g, '\\n');

function lineOf(path: string | undefined, line: number): string {
  try {
    return (
      readFileSync(path ?? '', 'utf8')
        .split('\n')
        [line - 1]?.trim() ?? '?'
    );
  } catch {
    return '?';
  }
}
