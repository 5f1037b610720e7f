/** The tool that runs a program and records it. It runs what the model asked for, and so only when the user has agreed. */
import { randomUUID } from 'node:crypto';
import { basename } from 'node:path';
import * as vscode from 'vscode';
import { DEBUG_TYPE } from '../debug/configurationProvider';
import type { SessionOutcome } from '../findings/sessionOutcomes';
import { framed } from './framed';

export interface RunInput {
  /** One of the three, as in a launch configuration. */
  readonly program?: string;
  readonly module?: string;
  readonly command?: string;
  readonly args?: readonly string[];
  readonly cwd?: string;
  readonly timeoutSeconds?: number;
}

const DEFAULT_SECONDS = 120;
const MAX_SECONDS = 600;
/** In the configuration of such a run, with which it is recognised. */
const MARK = '__framewireRun';

export class RunRecorded implements vscode.LanguageModelTool<RunInput> {
  constructor(private readonly onDidConclude: vscode.Event<SessionOutcome>) {}

  prepareInvocation({
    input,
  }: vscode.LanguageModelToolInvocationPrepareOptions<RunInput>): vscode.PreparedToolInvocation {
    const { line } = understood(input);
    const message = new vscode.MarkdownString();
    message.appendText(vscode.l10n.t('This runs on your machine, as you, and its network traffic is recorded:'));
    message.appendCodeblock(line, 'shellscript');
    if (input.cwd) message.appendText(vscode.l10n.t('In the folder {0}', input.cwd));
    return {
      invocationMessage: vscode.l10n.t('Running and recording {0}', line),
      confirmationMessages: { title: vscode.l10n.t('Run a program and record it?'), message },
    };
  }

  async invoke(
    { input }: vscode.LanguageModelToolInvocationOptions<RunInput>,
    token: vscode.CancellationToken,
  ): Promise<vscode.LanguageModelToolResult> {
    const { target, line } = understood(input);
    const seconds = Math.min(Math.max(input.timeoutSeconds ?? DEFAULT_SECONDS, 1), MAX_SECONDS);
    const { outcome, stopped } = await this.run(target, input, line, seconds, token);
    const text = {
      command: line,
      ...(stopped ? { stopped } : {}),
      capture: outcome.captureFolder === null ? null : basename(outcome.captureFolder),
      problem: outcome.problem,
      exchanges: outcome.exchanges,
      findings: outcome.findings.map(({ exchange, title, severity }) => ({ exchange, title, severity })),
      report: outcome.report?.split('\n') ?? null,
    };
    return new vscode.LanguageModelToolResult([new vscode.LanguageModelTextPart(framed(text))]);
  }

  private async run(
    target: object,
    input: RunInput,
    line: string,
    seconds: number,
    token: vscode.CancellationToken,
  ): Promise<{ outcome: SessionOutcome; stopped: string | null }> {
    const mark = randomUUID();
    const subscriptions: vscode.Disposable[] = [];
    let session: vscode.DebugSession | undefined;
    let stopped: string | null = null;
    const stop = (why: string) => {
      stopped = why;
      if (session) void vscode.debug.stopDebugging(session);
    };
    try {
      const concluded = new Promise<SessionOutcome>((resolve) => {
        // a short run may be over before the editor tells that its session has begun
        const outcomes: SessionOutcome[] = [];
        const settle = () => {
          const outcome = outcomes.find((one) => one.session.id === session?.id);
          if (outcome) resolve(outcome);
        };
        subscriptions.push(
          vscode.debug.onDidStartDebugSession((started) => {
            if (started.configuration[MARK] === mark) session = started;
            settle();
          }),
          this.onDidConclude((outcome) => {
            outcomes.push(outcome);
            settle();
          }),
        );
      });
      const started = await vscode.debug.startDebugging(
        folderFor(input),
        {
          type: DEBUG_TYPE,
          request: 'launch',
          name: vscode.l10n.t('Recorded run: {0}', line),
          ...target,
          args: input.args ?? [],
          ...(input.cwd ? { cwd: input.cwd } : {}),
          console: 'internalConsole',
          internalConsoleOptions: 'neverOpen',
          [MARK]: mark,
        },
        // it runs to its end: nobody is there to go on from a stop
        { noDebug: true, suppressDebugView: true },
      );
      if (!started) throw new Error('The program could not be started; the user has been told why.');
      const timer = setTimeout(() => stop(`after ${seconds} seconds`), seconds * 1000);
      subscriptions.push(
        new vscode.Disposable(() => clearTimeout(timer)),
        token.onCancellationRequested(() => stop('on request')),
      );
      return { outcome: await concluded, stopped };
    } finally {
      vscode.Disposable.from(...subscriptions).dispose();
    }
  }
}

/** @throws Error for the model, when not exactly one program is named */
export function understood(input: RunInput): { readonly target: object; readonly line: string } {
  const { program, module, command, args = [] } = input;
  const given = Object.entries({ program, module, command }).filter(([, value]) => value);
  if (given.length !== 1) throw new Error('Exactly one of program, module and command is needed.');
  const what = program ? ['python', program] : module ? ['python', '-m', module] : [command ?? ''];
  return { target: Object.fromEntries(given), line: [...what, ...args].map(quoted).join(' ') };
}

/** As a shell would take it, and without a line of its own in what the user is asked. */
const quoted = (word: string): string => (/^[\w@%+=:,./\\-]+$/.test(word) ? word : JSON.stringify(word));

function folderFor({ program, cwd }: RunInput): vscode.WorkspaceFolder | undefined {
  const path = program ?? cwd;
  const own = path === undefined ? undefined : vscode.workspace.getWorkspaceFolder(vscode.Uri.file(path));
  return own ?? vscode.workspace.workspaceFolders?.[0];
}
