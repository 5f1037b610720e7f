/** From a capture folder to its report in one call: what the command line and the adapter use. */
import { CaptureExchanges } from '../decode/captureExchanges';
import { CaptureReader } from '../wire/reader';
import { PackageIndex } from './packages';
import { assembleReport, type Report, type ReportOptions, redactorOf } from './report';
import { type ReportEntry, reportEntry } from './reportEntry';

/** Reading at a stretch: what was read of an exchange is soon done with. */
const STEP_MS = 20;

/**
 * Reads piece by piece, and keeps of an exchange what the report says of it.
 * @throws CaptureError when the folder is missing, is none, or cannot be listed; whatever is wrong inside it is told
 *   in the report's `problems`
 */
export async function analyzeCapture(folder: string, options: ReportOptions = {}): Promise<Report> {
  const reader = await CaptureReader.begin(folder);
  const packages = new PackageIndex();
  const redactor = redactorOf(options);
  const exchanges = new CaptureExchanges<ReportEntry>(reader, {
    keep: (exchange) => reportEntry(exchange, packages, redactor),
    letGo: true,
  });
  try {
    do {
      await reader.poll(STEP_MS);
      await exchanges.advance();
    } while (reader.behind);
    return await assembleReport(reader, await exchanges.update(), options);
  } finally {
    reader.close();
  }
}
