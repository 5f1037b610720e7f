/** `Math.max` and `Math.min` of any number of values: a call takes no more than some hundred thousand arguments. */

/** The largest of them, `least` when none is larger. */
export function largest(values: Iterable<number>, least = Number.NEGATIVE_INFINITY): number {
  let found = least;
  for (const value of values) if (value > found) found = value;
  return found;
}

/** The smallest of them, `most` when none is smaller. */
export function smallest(values: Iterable<number>, most = Number.POSITIVE_INFINITY): number {
  let found = most;
  for (const value of values) if (value < found) found = value;
  return found;
}
