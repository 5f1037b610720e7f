/** A capture of the example pair. Free of any page, so that suites of the editor have it, too. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { checkout } from '../../support/checkout';
import { record, type TestRecording } from './recording';

export const PYTHON = 'python3';
/** More than the example server takes, and more than a socket's buffers hold. */
export const REFUSED_SIZE = 12_000_000;

/** An upload that the example server refuses early, by the example uploader. */
export async function recordRefusedUpload(scheme: 'plain' | 'tls' = 'plain'): Promise<TestRecording> {
  const { startRefusingServer } = await import(pathToFileURL(join(checkout, 'examples/refusing-server.mjs')).href);
  const server = await startRefusingServer();
  const folder = mkdtempSync(join(tmpdir(), 'framewire-upload-'));
  try {
    const file = join(folder, 'recording.bin');
    writeFileSync(file, Buffer.alloc(REFUSED_SIZE, 'framewire '));
    const certificate = join(folder, 'certificate.pem');
    writeFileSync(certificate, server.certificate);
    const url = `${scheme === 'tls' ? server.tlsUrl : server.plainUrl}/api/recordings?token=s3cr3t-token`;
    return await record([PYTHON, join(checkout, 'examples/upload.py'), url, file], {
      env: { SSL_CERT_FILE: certificate },
    });
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}
