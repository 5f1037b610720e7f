/** A new user, without a folder and without documentation: the walkthrough alone leads to the finding. */
import type { Locator } from 'playwright-core';
import { runCommand, SESSION_MS, someWebview, useEditor } from '../support/editorPage';

describe('the walkthrough in an empty window', () => {
  const editor = useEditor({ empty: true });
  const step = (title: string): Locator => editor.page.locator('.getting-started-step', { hasText: title });
  const done = (title: string): Locator => step(title).locator('.codicon-getting-started-step-checked');

  /** Opens the walkthrough at one of its steps; `shown` stands in its picture. */
  async function turnTo(title: string, shown: string): Promise<void> {
    const { page } = editor;
    await runCommand(page, 'Framewire: Get Started');
    await step(title).first().waitFor();
    // its heading: the buttons lie below
    await step(title).locator('.step-title').first().click();
    await page.locator('.getting-started-step.expanded', { hasText: title }).waitFor();
    // beside other editors there is no room for the picture: then it is there and not to be seen
    await someWebview(page, (inside) =>
      inside.locator('svg').getByText(shown, { exact: true }).waitFor({ state: 'attached' }),
    );
  }

  it('runs an upload that is refused, and stops where it fails', async () => {
    const { page, screenshot } = editor;
    await turnTo('Run an upload that is refused', '12.4 MB');
    await screenshot('walkthrough-run');
    await page.getByRole('button', { name: 'Run the Example' }).click();
    await page.locator('.debug-toolbar').waitFor({ timeout: SESSION_MS });
    await page
      .getByText(/after the server had already replied 413/)
      .first()
      .waitFor({ timeout: SESSION_MS });
    await screenshot('walkthrough-stopped');
    await turnTo('It stops where it fails', 'http/client.py');
    await done('Run an upload that is refused').waitFor();
    await done('It stops where it fails').waitFor();
    await screenshot('walkthrough-stop');
  });

  it('shows the reply that was never read', async () => {
    const { page, screenshot } = editor;
    await turnTo('See the reply that was never read', 'HTTP/1.1 413');
    await screenshot('walkthrough-reply');
    await page.getByRole('button', { name: 'Open the Wire Panel' }).click();
    const tab = page.getByRole('tab', { name: /^Wire / });
    await tab.first().waitFor({ timeout: SESSION_MS });
    await done('See the reply that was never read').waitFor();
    await someWebview(page, (inside) => inside.getByRole('row', { name: /status 413/ }).waitFor());
    await screenshot('walkthrough-panel');
  });

  it('tells the finding while the program is still stopped', async () => {
    const { page, screenshot } = editor;
    await turnTo('Read the finding', 'handed');
    await page.getByRole('button', { name: 'Show the Report' }).click();
    // the channel draws spaces that do not break
    await page
      .locator('.view-line')
      .filter({ hasText: /still\srunning/ })
      .first()
      .waitFor({ timeout: SESSION_MS });
    await done('Read the finding').waitFor();
    await screenshot('walkthrough-finding');
    await turnTo('Debug your own program', 'F5');
    await screenshot('walkthrough-own');
  });
});
