/** What is said of libraries that bring sockets of their own: what went through them is not in the recording. */
import { t } from '../base/l10n';

/** A sentence; null when none was loaded. @param libraries of all processes, by name; one may be there several times */
export function unseenText(libraries: readonly string[]): string | null {
  const names = [...new Set(libraries)].sort();
  if (names.length === 0) return null;
  const listed = names.join(', ');
  return names.length === 1
    ? t('{0} was loaded and brings sockets of its own: what went through them is not in the recording.', listed)
    : t('{0} were loaded and bring sockets of their own: what went through them is not in the recording.', listed);
}
