import type { Exchange } from '../decode/exchange';

/** It went well, and nobody has anything to say about it: no rule looks at such a one. */
export const isPlain = ({ failure, raised, response, tls }: Exchange): boolean =>
  failure === null &&
  raised === null &&
  !tls?.error &&
  response?.complete === true &&
  response.status < 400 &&
  response.readByProgram !== false;
