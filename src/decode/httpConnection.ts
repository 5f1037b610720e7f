import type { Layer, Socket, Stream } from '../wire/model';
import { isEndOfStream } from '../wire/operation';
import type { Interim } from './exchange';
import { type DecodedMessage, MessageStream } from './messageStream';

/** One layer of a connection (the plain bytes, or those inside TLS), decoded as HTTP/1 in both directions. */
export class HttpConnection {
  private readonly requestStream = new MessageStream('request');
  private readonly responseStream: MessageStream;
  private downOver = false;
  private upOver = false;
  private answeredHead = 0; // final responses whose head has been seen

  constructor(
    private readonly socket: Socket,
    readonly layer: Layer,
  ) {
    this.responseStream = new MessageStream('response', {
      methodAnswered: () => this.requests[this.answeredHead++]?.head.request?.method ?? null,
    });
  }

  get requests(): readonly DecodedMessage[] {
    return this.requestStream.messages;
  }

  get responses(): readonly DecodedMessage[] {
    return this.responseStream.messages;
  }

  /** Interim responses to the first request that has no final one. */
  get interim(): readonly Interim[] {
    return this.responseStream.waiting;
  }

  get up(): Stream | null {
    return this.stream('up');
  }

  get down(): Stream | null {
    return this.stream('down');
  }

  /** Anything at all was sent or received on this layer. */
  get used(): boolean {
    return (this.up?.operations.length ?? 0) > 0 || (this.down?.operations.length ?? 0) > 0;
  }

  /** Lets go of what the messages before the `end`-th of each direction said. */
  forget(end: number): void {
    this.requestStream.forget(end);
    this.responseStream.forget(end);
  }

  /** @param over nothing more will come: the connection was closed or its process has ended */
  async update(over: boolean): Promise<void> {
    const { up, down } = this;
    if (up && !this.upOver) await this.requestStream.update(up.bytes);
    if (down && !this.downOver) {
      await this.responseStream.update(down.bytes);
      const orderly = hasEnded(down) || this.endedBeneath();
      if (orderly || over) {
        this.responseStream.finish(down.bytes.length, orderly);
        this.downOver = true;
      }
    }
    if (up && !this.upOver && this.answerHeldRequest()) await this.requestStream.update(up.bytes);
    if (up && over && !this.upOver) {
      this.requestStream.finish(up.bytes.length, false);
      this.upOver = true;
    }
  }

  /** A request for a tunnel or another protocol has its reply: is what follows still HTTP? */
  private answerHeldRequest(): boolean {
    const index = this.requests.length - 1;
    const request = this.requests[index]?.head.request;
    const status = this.responses[index]?.head.response?.status;
    if (!request || status === undefined) return false;
    const handedOver = status === 101 || (request.method === 'CONNECT' && status >= 200 && status < 300);
    this.requestStream.resume(!handedOver);
    return !handedOver;
  }

  /** TLS in memory is told of the connection's end without a read of its own. */
  private endedBeneath(): boolean {
    const beneath = this.layer === 'tls' ? this.stream('down', 'wire') : null;
    return beneath !== null && hasEnded(beneath);
  }

  private stream(direction: 'up' | 'down', layer = this.layer): Stream | null {
    return this.socket.streams.find((one) => one.direction === direction && one.layer === layer) ?? null;
  }
}

const hasEnded = (stream: Stream): boolean => stream.ended ?? stream.operations.some(isEndOfStream);
