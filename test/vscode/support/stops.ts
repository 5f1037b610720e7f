/** What a person sees when a program stops: the stack, the variables, and what the exception widget says. */
import type * as vscode from 'vscode';

export interface Look {
  readonly reason: string;
  readonly description: string;
  /** "send client.py", innermost first. */
  readonly frames: readonly string[];
  /** Variables of the top frame by scope: name and value. */
  readonly scopes: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly exceptionInfo: { readonly exceptionId: string; readonly description: string };
}

/** Scopes that are looked into; the program's own may be large. */
const OURS = ['Exception', 'Wire'];

/** @param stopped the body of the `stopped` event */
export async function lookAround(
  session: vscode.DebugSession,
  stopped: { readonly threadId: number; readonly reason: string; readonly description?: string },
): Promise<Look> {
  const { threadId, reason, description = '' } = stopped;
  const { stackFrames } = await session.customRequest('stackTrace', { threadId });
  const scopes: Record<string, Record<string, string>> = {};
  const answer = await session.customRequest('scopes', { frameId: stackFrames[0].id });
  for (const { name, variablesReference } of answer.scopes) {
    scopes[name] = {};
    if (!OURS.includes(name)) continue;
    const { variables } = await session.customRequest('variables', { variablesReference });
    for (const variable of variables) scopes[name][variable.name] = variable.value;
  }
  return {
    reason,
    description,
    frames: stackFrames.map(
      ({ name, source }: { name: string; source?: { path?: string } }) =>
        `${name} ${source?.path?.split(/[\\/]/).at(-1)}`,
    ),
    scopes,
    exceptionInfo: await session.customRequest('exceptionInfo', { threadId }),
  };
}
