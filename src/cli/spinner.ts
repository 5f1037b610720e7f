/** Says on a terminal that something takes its time; nothing at all when it does not. */

const FRAMES = { unicode: '⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏', ascii: '|/-\\' } as const;
const PATIENCE_MS = 1000;
const STEP_MS = 100;

export async function withSpinner<T>(
  stream: { readonly isTTY?: boolean; write(text: string): unknown },
  unicode: boolean,
  message: string,
  work: Promise<T>,
  patience = PATIENCE_MS,
): Promise<T> {
  if (!stream.isTTY) return work;
  const frames = [...(unicode ? FRAMES.unicode : FRAMES.ascii)];
  let count = 0;
  let ticking: NodeJS.Timeout | undefined;
  const step = () => stream.write(`\r\x1b[K${frames[count++ % frames.length]} ${message}`);
  const waiting = setTimeout(() => {
    step();
    ticking = setInterval(step, STEP_MS);
  }, patience);
  try {
    return await work;
  } finally {
    clearTimeout(waiting);
    clearInterval(ticking);
    if (count > 0) stream.write('\r\x1b[K');
  }
}
