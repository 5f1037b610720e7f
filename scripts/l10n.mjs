// Lists the texts that a language lacks, or has for nothing: `npm run l10n`.
import { LANGUAGES, problemsOf } from './lib/l10n.mjs';

let count = 0;
for (const language of LANGUAGES) {
  const problems = problemsOf(language);
  count += problems.length;
  for (const problem of problems) process.stdout.write(`${problem}\n`);
}
process.stdout.write(count === 0 ? 'Every text is there in every language.\n' : `${count} to settle.\n`);
process.exitCode = count === 0 ? 0 : 1;
