/** An export in the importer that reads it at users': the DevTools front-end that is a part of the browser. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';
import { checkout } from '../support/checkout';
import { exported } from '../support/har';
import { recorded, recordRefusedUpload } from './support/suite';

/** What the front-end's modules have that is used here. */
interface HarModule {
  HARFormat: { HARRoot: new (data: unknown) => { log: unknown } };
  Importer: { Importer: { requestsFromHARLog(log: unknown): readonly ImportedRequest[] } };
}

interface ImportedRequest {
  url(): string;
  statusCode: number;
  requestMethod: string;
  remoteAddress(): string;
  duration: number;
  initiator(): { type: string; stack: { callFrames: readonly { functionName: string; lineNumber: number }[] } };
  timing: { connectStart: number; sslStart: number; sendStart: number; sendEnd: number };
  requestFormData(): Promise<string | null>;
  requestContentData(): Promise<{ text: string }>;
}

describe('a HAR file in DevTools', () => {
  let browser: Browser;
  const capture = recorded(() => recordRefusedUpload('tls'));
  before(async () => {
    const { launchChromium } = await import(pathToFileURL(join(checkout, 'scripts/lib/chromium.mjs')).href);
    browser = await launchChromium();
  });
  after(() => browser?.close());

  it('is imported with status, timing, bodies and the Python stack', async () => {
    const { bytes } = await exported(capture.folder, 'har');
    const page = await browser.newPage();
    await page.goto('devtools://devtools/bundled/devtools_app.html');
    const [imported, ...more] = await page.evaluate(async (text) => {
      const { HARFormat, Importer } = (await import(new URL('./models/har/har.js', location.href).href)) as HarModule;
      const { log } = new HARFormat.HARRoot(JSON.parse(text));
      const requests = Importer.Importer.requestsFromHARLog(log);
      return Promise.all(
        requests.map(async (request) => ({
          method: request.requestMethod,
          url: request.url(),
          status: request.statusCode,
          address: request.remoteAddress(),
          duration: request.duration,
          frames: request.initiator().stack.callFrames.map((frame) => [frame.functionName, frame.lineNumber] as const),
          timing: request.timing,
          form: (await request.requestFormData())?.slice(0, 10),
          reply: (await request.requestContentData()).text,
        })),
      );
    }, bytes.toString());
    assert.ok(imported);
    assert.equal(more.length, 0);
    assert.deepEqual([imported.method, imported.status], ['POST', 413]);
    const { port } = new URL(imported.url);
    assert.equal(imported.address, `127.0.0.1:${port}`);
    assert.ok(!imported.url.includes('s3cr3t'));
    assert.match(imported.reply, /too large/i);
    assert.ok(imported.form);
    const { connectStart, sslStart, sendStart, sendEnd } = imported.timing;
    assert.ok(0 <= connectStart && connectStart <= sslStart && sslStart <= sendStart && sendStart <= sendEnd);
    assert.ok(imported.duration > 0);
    const own = imported.frames.find(([name]) => /\(upload\.py:\d+\)$/.test(name));
    assert.ok(own, JSON.stringify(imported.frames));
    assert.equal(own[1], Number(/:(\d+)\)$/.exec(own[0])?.[1]) - 1);
  });
});
