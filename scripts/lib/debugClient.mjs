// The little of a debug client that the benchmarks need.
export class DebugClient {
  #child;
  #seq = 0;
  #answers = new Map();
  #events = new Map();

  constructor(child) {
    this.#child = child;
    let data = Buffer.alloc(0);
    child.stdout.on('data', (chunk) => {
      data = data.length > 0 ? Buffer.concat([data, chunk]) : chunk;
      for (;;) {
        const end = data.indexOf('\r\n\r\n');
        if (end < 0) return;
        const size = Number(/Content-Length: *(\d+)/i.exec(data.toString('latin1', 0, end))?.[1]);
        if (data.length < end + 4 + size) return;
        const message = JSON.parse(data.toString('utf8', end + 4, end + 4 + size));
        data = data.subarray(end + 4 + size);
        if (message.type === 'response') this.#answers.get(message.request_seq)?.(message);
        else if (message.type === 'event') this.#events.get(message.event)?.(message);
      }
    });
  }

  async request(command, args) {
    const seq = ++this.#seq;
    const text = JSON.stringify({ seq, type: 'request', command, arguments: args });
    const answered = new Promise((resolve) => this.#answers.set(seq, resolve));
    this.#child.stdin.write(`Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`);
    const answer = await answered;
    if (!answer.success) throw new Error(`${command} failed: ${answer.message}`);
    return answer;
  }

  /** The next event of this name. */
  event(name) {
    return new Promise((resolve) => this.#events.set(name, resolve));
  }
}
