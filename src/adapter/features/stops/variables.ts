/** Variables of our own in the client's view, in a range of references that debugpy does not use. */
import type { DebugProtocol } from '@vscode/debugprotocol';

/** debugpy counts its references from 1; the protocol allows up to 2^31 - 1. */
export const FIRST_REFERENCE = 0x4000_0000;

export interface Value {
  readonly name: string;
  readonly value: string;
  readonly type?: string;
  readonly children?: readonly Value[];
  /** Of what `readMemory` can read. */
  readonly memoryReference?: string;
}

type Variables = DebugProtocol.Variable[];

interface Given {
  readonly provide: () => Promise<Variables>;
  /** Gives debugpy's frame in which their expressions hold; null for what was recorded. */
  readonly frame: (() => Promise<number | null>) | null;
}

export class OwnVariables {
  private readonly providers = new Map<number, Given>();
  private next = FIRST_REFERENCE;

  /** A reference whose variables are asked for when a client wants them. With a frame they can be set. */
  add(provide: Given['provide'], frame: Given['frame'] = null): number {
    this.providers.set(this.next, { provide, frame });
    return this.next++;
  }

  isOwn(reference: unknown): reference is number {
    return typeof reference === 'number' && reference >= FIRST_REFERENCE;
  }

  /** @throws Error for the user, when the reference is of an earlier stop */
  get(reference: number): Promise<Variables> {
    const provider = this.providers.get(reference);
    if (!provider) return Promise.reject(new Error('The program has gone on since: this value is not there any more.'));
    return provider.provide();
  }

  /**
   * The expression of a variable that stands for something in the program, and the frame that knows it.
   * @throws Error for the user, when it cannot be set
   */
  async target(reference: number, name: unknown): Promise<{ readonly expression: string; readonly frameId: number }> {
    const variables = await this.get(reference);
    const frameId = (await this.providers.get(reference)?.frame?.()) ?? null;
    const expression = variables.find((one) => one.name === name)?.evaluateName;
    if (frameId === null || !expression) throw new Error(`"${name}" was recorded and cannot be changed.`);
    return { expression, frameId };
  }

  /** References end with the stop in which they were given; numbers are not used again. */
  clear(): void {
    this.providers.clear();
  }

  present(values: readonly Value[]): Variables {
    return values.map(({ name, value, type, children, memoryReference }) => ({
      name,
      value,
      ...(type === undefined ? {} : { type }),
      ...(memoryReference === undefined ? {} : { memoryReference }),
      variablesReference: children && children.length > 0 ? this.add(async () => this.present(children)) : 0,
      presentationHint: { attributes: ['readOnly'] },
    }));
  }
}
