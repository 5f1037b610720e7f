/** Python expressions with which the adapter asks the probe in the program, through `evaluate` requests. */
import { PACKAGE, quoted } from '../../launch/probeEntry';

/**
 * Calls a function of one of the probe's modules.
 * @param argument a Python expression
 */
export function probeCall(module: 'stops' | 'errors', name: string, argument: string): string {
  return `__import__('${PACKAGE}.${module}', fromlist=['${module}']).${name}(${argument})`;
}

/** Replaces the wire breakpoints; the result is JSON text. */
export const configureCall = (configuration: object): string =>
  probeCall('stops', 'configure', quoted(JSON.stringify(configuration)));

/** The chain of an exception as ASCII JSON text, members as in the capture's error records. */
export const chainCall = (exception: string): string =>
  `__import__('json').dumps(${probeCall('errors', 'chain_of', exception)})`;

/** The same with frames by file, function and line. */
export const locatedChainCall = (exception: string): string =>
  `__import__('json').dumps(${probeCall('errors', 'located_chain_of', exception)})`;

/**
 * What `evaluate` gave for a text: debugpy gives it as it is without a frame, and as its repr with one.
 * ASCII JSON in, so that backslashes and quotes are the only ones escaped.
 */
export function textResult(result: string): string {
  const quote = result[0];
  if ((quote !== "'" && quote !== '"') || result.at(-1) !== quote || result.length < 2) return result;
  return result.slice(1, -1).replace(/\\(['"\\])/g, '$1');
}
