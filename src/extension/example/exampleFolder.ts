/** The files of the example: the uploader, what it uploads, and the certificate that it has to trust. */

import { constants } from 'node:fs';
import { copyFile, mkdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Bytes of the recording in the original case. */
export const RECORDING_SIZE = 12_444_283;

export interface ExampleFolder {
  readonly folder: string;
  /** Absolute path of upload.py; what the user has changed in it stays. */
  readonly program: string;
  /** Name of the file to upload, in the folder. */
  readonly recording: string;
  readonly certificate: string;
}

/**
 * @param folder where to; made if it is not there
 * @param uploader absolute path of upload.py as it was shipped
 * @param certificate PEM
 */
export async function prepareExampleFolder(
  folder: string,
  uploader: string,
  certificate: string,
): Promise<ExampleFolder> {
  await mkdir(folder, { recursive: true });
  const example = {
    folder,
    program: join(folder, 'upload.py'),
    recording: 'demo.cast',
    certificate: join(folder, 'server.pem'),
  };
  await copyFile(uploader, example.program, constants.COPYFILE_EXCL).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  await writeFile(example.certificate, certificate);
  const recording = join(folder, example.recording);
  const size = await stat(recording).then(
    (found) => found.size,
    () => -1,
  );
  if (size !== RECORDING_SIZE) await writeFile(recording, recordingOf(RECORDING_SIZE));
  return example;
}

/** A terminal recording (asciicast 2) of exactly `size` bytes. */
export function recordingOf(size: number): string {
  const lines = [`${JSON.stringify({ version: 2, width: 80, height: 24 })}\n`];
  let written = lines[0]?.length ?? 0;
  for (let event = 0; ; event += 1) {
    const line = `[${(event / 10).toFixed(1)}, "o", "$ make ${event}\\r\\n"]\n`;
    // what is left must hold one more event, which is padded
    if (size - written - line.length < 64) break;
    lines.push(line);
    written += line.length;
  }
  const [before, after] = ['[999999.0, "o", "', '"]\n'];
  lines.push(before + '.'.repeat(Math.max(0, size - written - before.length - after.length)) + after);
  return lines.join('');
}
