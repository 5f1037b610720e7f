/** Configurations for the sessions of child processes, which debugpy asks the client to start. */
import type { WireOptions } from '../../messages/wireOptions';
import type { Json } from '../proxy/message';

/** The debug type under which clients know this adapter. */
export const DEBUG_TYPE = 'framewire';

/**
 * The configuration that debugpy proposes, led back to this adapter. A child waits for its session before it runs the
 * user's code, so the session must come about.
 * @param wire where the parent records, so that the child's session can bring the probe in as well
 */
export function childConfiguration(configuration: Json, wire: WireOptions): Json {
  return { ...configuration, type: DEBUG_TYPE, wire };
}
