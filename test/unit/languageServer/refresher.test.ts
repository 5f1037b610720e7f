import assert from 'node:assert/strict';
import { Refresher } from '../../../src/languageServer/refresher';

function connection() {
  const asked: string[] = [];
  let wake: () => void = () => undefined;
  const note = (name: string) => async () => {
    asked.push(name);
    wake();
  };
  const next = () =>
    new Promise<void>((resolve) => {
      wake = resolve;
    });
  const languages = { diagnostics: { refresh: note('diagnostics') }, inlayHint: { refresh: note('inlayHint') } };
  return { asked, next, connection: { languages, sendRequest: note('codeLens') } as unknown as RefresherConnection };
}
type RefresherConnection = ConstructorParameters<typeof Refresher>[0];

describe('refreshing what the client shows', () => {
  const all = {
    diagnostics: { refreshSupport: true },
    inlayHint: { refreshSupport: true },
    codeLens: { refreshSupport: true },
  };

  it('asks once for several changes', async () => {
    const { asked, next, connection: client } = connection();
    const refresher = new Refresher(client);
    refresher.use({ workspace: all });
    const done = next();
    refresher.refresh();
    refresher.refresh();
    await done;
    assert.deepEqual(asked, ['diagnostics', 'inlayHint', 'codeLens']);
  });

  it('asks a client for what it knows only', async () => {
    const { asked, next, connection: client } = connection();
    const refresher = new Refresher(client);
    refresher.use({ workspace: { inlayHint: { refreshSupport: true } } });
    const done = next();
    refresher.refresh();
    await done;
    assert.deepEqual(asked, ['inlayHint']);
  });
});
