/** How the features of a stop ask the debugger and answer the client. */
import type { Json, Response } from '../../proxy/message';

/** Asks the debugger; resolves in any case, unsuccessfully when it has ended. */
export type Ask = (command: string, args: Json | undefined) => Promise<Response>;

/** What the client gets for its request. */
export type Answer = Pick<Response, 'success' | 'message' | 'body'>;
