/** From a capture folder to its report in one call: what the command line and the adapter use. */
import { ExchangeBuilder } from '../decode/exchangeBuilder';
import { CaptureReader } from '../wire/reader';
import { buildReport, type Report, type ReportOptions } from './report';

/**
 * @throws CaptureError when the folder is missing, is none, or cannot be listed; whatever is wrong inside it is told
 *   in the report's `problems`
 */
export async function analyzeCapture(folder: string, options: ReportOptions = {}): Promise<Report> {
  const reader = await CaptureReader.open(folder);
  try {
    return await buildReport(reader, await new ExchangeBuilder(reader).update(), options);
  } finally {
    reader.close();
  }
}
