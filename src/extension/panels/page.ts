import type { Bundle } from '../../base/l10n';

/** The webview's page. Free of any editor, so that tests load the very same one. */
export interface PageParts {
  /** Source of scripts and styles for the policy, the webview's `cspSource`. */
  readonly source: string;
  readonly nonce: string;
  readonly script: string;
  readonly style: string;
  /** The capture folder; kept in the webview's state. */
  readonly folder: string;
  /** Id of the exchange to select. */
  readonly exchange: string | null;
  readonly title: string;
  /** Language of the display, "zh-cn", and its texts; English without a table. */
  readonly language?: string | undefined;
  readonly strings?: Bundle | undefined;
}

/** Nothing is loaded but our own script and style; nothing is ever fetched, framed or submitted. */
export function pageHtml(parts: PageParts): string {
  const { source, nonce, script, style, folder, exchange, title, language, strings } = parts;
  const policy = [
    `default-src 'none'`,
    // the toolkit styles its shadow roots, the editor its defaults, both inline
    `style-src ${source} 'unsafe-inline'`,
    `script-src 'nonce-${nonce}'`,
    `base-uri 'none'`,
    `form-action 'none'`,
  ].join('; ');
  const table = strings ? ` data-strings="${escaped(JSON.stringify(strings))}"` : '';
  return `<!DOCTYPE html>
<html lang="${escaped(strings ? (language ?? 'en') : 'en')}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escaped(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${escaped(style)}">
<title>${escaped(title)}</title>
</head>
<body>
<div id="panel" data-folder="${escaped(folder)}"${exchange === null ? '' : ` data-exchange="${escaped(exchange)}"`}${table}></div>
<script nonce="${escaped(nonce)}" src="${escaped(script)}"></script>
</body>
</html>
`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escaped = (text: string): string => text.replace(/[&<>"']/g, (char) => ENTITIES[char] ?? char);
