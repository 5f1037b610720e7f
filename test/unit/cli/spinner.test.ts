import assert from 'node:assert/strict';
import { withSpinner } from '../../../src/cli/spinner';

describe('withSpinner', () => {
  function terminal(isTTY = true) {
    let text = '';
    let seen: () => void = () => undefined;
    const written = new Promise<void>((resolve) => {
      seen = resolve;
    });
    const write = (chunk: string) => {
      text += chunk;
      seen();
    };
    return { stream: { isTTY, write }, text: () => text, written };
  }

  it('says nothing about what is quick', async () => {
    const { stream, text } = terminal();
    assert.equal(await withSpinner(stream, true, 'reading', Promise.resolve(7)), 7);
    assert.equal(text(), '');
  });

  it('shows that it works, and wipes that away', async () => {
    const { stream, text, written } = terminal();
    // the work takes until the spinner has been seen
    assert.equal(
      await withSpinner(
        stream,
        true,
        'reading',
        written.then(() => 7),
        1,
      ),
      7,
    );
    assert.match(text(), /^\r\x1b\[K⠋ reading/);
    assert.ok(text().endsWith('\r\x1b[K'));
  });

  it('wipes itself away also when the work fails', async () => {
    const { stream, text, written } = terminal();
    const work = written.then(() => Promise.reject(new Error('no')));
    await assert.rejects(withSpinner(stream, false, 'reading', work, 1), /no/);
    assert.match(text(), /\| reading/);
    assert.ok(text().endsWith('\r\x1b[K'));
  });

  it('leaves files and pipes alone', async () => {
    const { stream, text } = terminal(false);
    const later = new Promise((resolve) => setTimeout(resolve, 5));
    await withSpinner(stream, true, 'reading', later, 0);
    assert.equal(text(), '');
  });
});
