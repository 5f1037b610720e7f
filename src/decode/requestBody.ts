import type { BodyRecord, Stream } from '../wire/model';
import { BodyContent } from './bodyContent';
import type { MultipartPart } from './exchange';
import { headerValue } from './http1Head';
import type { DecodedMessage } from './messageStream';
import { deriveLastPart, MultipartScanner, multipartBoundary } from './multipart';

/** Lists the parts of one request's multipart body, going on where it stopped as more of the body is captured. */
export class RequestParts {
  private readonly boundary: string | null;
  private readonly scanner: MultipartScanner | null;
  private readonly content: BodyContent | null;

  constructor(
    private readonly request: DecodedMessage,
    up: Stream,
  ) {
    const { head } = request;
    this.boundary = head.complete ? multipartBoundary(headerValue(head.headers, 'content-type')) : null;
    this.scanner = this.boundary === null ? null : new MultipartScanner(this.boundary);
    this.content = this.scanner && new BodyContent(up.bytes, head.range.end, head.framing.kind === 'chunked');
  }

  /** @param body what the probe knows of the body's origin */
  async parts(body: BodyRecord | null): Promise<readonly MultipartPart[]> {
    if (!this.scanner || !this.content || this.boundary === null) return [];
    while (!this.scanner.over) {
      const bytes = await this.content.next(this.request.body.end);
      if (!bytes) break;
      this.scanner.feed(bytes);
    }
    const { framing } = this.request.head;
    const announced = framing.kind === 'length' ? framing.length : null;
    return deriveLastPart(this.scanner.parts(), this.boundary, announced, fileSizes(body));
  }
}

/** What is left of each file from where it was read. */
function fileSizes(body: BodyRecord | null): number[] {
  const files = body ? [...(body.file ? [body.file] : []), ...body.sources] : [];
  return files.flatMap(({ size }) => (size === null ? [] : [size]));
}
