// Makes the .vsix: the extension's files by the allow-list, with what the editor wants to know of them.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packagedFiles } from './packExtension.mjs';
import { root } from './paths.mjs';
import { zip } from './zip.mjs';

/** What the package may weigh at most, in bytes. */
export const MAX_SIZE = 12 * 1024 * 1024;

/** Tags of wheels by the platform's name in the marketplace; see PEP 425. */
const PLATFORMS = [
  [/manylinux.*_x86_64$/, 'linux-x64'],
  [/manylinux.*_aarch64$/, 'linux-arm64'],
  [/musllinux.*_x86_64$/, 'alpine-x64'],
  [/macosx.*_arm64$/, 'darwin-arm64'],
  [/macosx.*_x86_64$/, 'darwin-x64'],
  [/win_amd64$/, 'win32-x64'],
  [/win_arm64$/, 'win32-arm64'],
];

/**
 * The platform that the debugpy in `folder` was built for, as the marketplace calls it; null for one that runs everywhere.
 * @throws when its tag says nothing that is known
 */
export function platformOf(folder) {
  const about = readdirSync(folder).find((name) => /^debugpy-.+\.dist-info$/.test(name));
  if (!about) throw new Error(`There is no debugpy in ${folder}: it could not be fetched (see the build's output).`);
  const tags = [...readFileSync(join(folder, about, 'WHEEL'), 'utf8').matchAll(/^Tag: (\S+)/gm)].map(([, tag]) => tag);
  if (tags.some((tag) => tag.endsWith('-none-any'))) return null;
  const found = PLATFORMS.find(([pattern]) => tags.some((tag) => pattern.test(tag)));
  if (!found) throw new Error(`debugpy was built for ${tags.join(', ')}, which is no platform of the marketplace.`);
  return found[1];
}

/** @returns {{name: string, data: Buffer}} the file's name and content. `dist` must have been built. */
export function makeVsix() {
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const strings = JSON.parse(readFileSync(join(root, 'package.nls.json'), 'utf8'));
  const platform = platformOf(join(root, 'dist/debugpy'));
  const files = packagedFiles().sort();
  const data = zip([
    { name: 'extension.vsixmanifest', data: Buffer.from(vsixManifest(manifest, strings, platform, files)) },
    { name: '[Content_Types].xml', data: Buffer.from(contentTypes(files)) },
    ...files.map((file) => ({ name: `extension/${file}`, data: readFileSync(join(root, file)) })),
  ]);
  return { name: `${manifest.name}-${platform === null ? '' : `${platform}-`}${manifest.version}.vsix`, data };
}

function vsixManifest(manifest, strings, platform, files) {
  const text = (value) => escaped(value.replace(/^%(.+)%$/, (_, key) => strings[key] ?? value));
  const property = (id, value) => `<Property Id="Microsoft.VisualStudio.Code.${id}" Value="${escaped(value)}" />`;
  const asset = (type, path) =>
    files.includes(path)
      ? `<Asset Type="Microsoft.VisualStudio.${type}" Path="extension/${path}" Addressable="true" />`
      : '';
  const target = platform === null ? '' : ` TargetPlatform="${platform}"`;
  return `<?xml version="1.0" encoding="utf-8"?>
<PackageManifest Version="2.0.0" xmlns="http://schemas.microsoft.com/developer/vsx-schema/2011">
  <Metadata>
    <Identity Language="en-US" Id="${escaped(manifest.name)}" Version="${escaped(manifest.version)}" Publisher="${escaped(manifest.publisher)}"${target} />
    <DisplayName>${text(manifest.displayName)}</DisplayName>
    <Description xml:space="preserve">${text(manifest.description)}</Description>
    <Tags>${escaped(['debuggers', ...(manifest.keywords ?? [])].join(','))}</Tags>
    <Categories>${escaped(manifest.categories.join(','))}</Categories>
    <GalleryFlags>Public</GalleryFlags>
    <Properties>
      ${property('Engine', manifest.engines.vscode)}
      ${property('ExtensionDependencies', (manifest.extensionDependencies ?? []).join(','))}
      ${property('ExtensionPack', (manifest.extensionPack ?? []).join(','))}
      ${property('ExtensionKind', manifest.extensionKind.join(','))}
    </Properties>
    <License>extension/LICENSE</License>
    ${manifest.icon ? `<Icon>extension/${escaped(manifest.icon)}</Icon>` : ''}
  </Metadata>
  <Installation>
    <InstallationTarget Id="Microsoft.VisualStudio.Code" />
  </Installation>
  <Dependencies />
  <Assets>
    ${asset('Code.Manifest', 'package.json')}
    ${asset('Services.Content.Details', 'README.md')}
    ${asset('Services.Content.Changelog', 'CHANGELOG.md')}
    ${asset('Services.Content.License', 'LICENSE')}
    ${manifest.icon ? asset('Services.Icons.Default', manifest.icon) : ''}
  </Assets>
</PackageManifest>
`;
}

function contentTypes(files) {
  const known = { json: 'application/json', js: 'application/javascript', css: 'text/css', md: 'text/markdown' };
  const endings = new Set(files.map((file) => /\.(\w+)$/.exec(file)?.[1]?.toLowerCase()).filter(Boolean));
  const types = [...endings, 'vsixmanifest'].map(
    (ending) =>
      `<Default Extension=".${ending}" ContentType="${ending === 'vsixmanifest' ? 'text/xml' : (known[ending] ?? 'application/octet-stream')}" />`,
  );
  return `<?xml version="1.0" encoding="utf-8"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">${types.join('')}</Types>
`;
}

const ENTITIES = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text) => text.replace(/[&<>"]/g, (character) => ENTITIES[character]);

/** @throws when the package is too heavy, lacks what it needs or holds what it should not */
export function checkVsix(data, entries) {
  const names = entries.map(({ name }) => name);
  const needed = [
    ...['package.json', 'package.nls.json', 'package.nls.zh-cn.json', 'README.md', 'CHANGELOG.md', 'LICENSE'],
    ...['l10n/bundle.l10n.zh-cn.json', 'examples/upload.py', 'dist/THIRD-PARTY-NOTICES.txt', 'dist/webview/wire.js'],
    ...[
      'extension.cjs',
      'languageClient.cjs',
      'adapter.mjs',
      'languageServer.mjs',
      'panelHost.mjs',
      'cli.mjs',
      'refusingServer.mjs',
    ].map((program) => `dist/${program}`),
    'dist/probe/framewire_probe/__init__.py',
    'dist/debugpy/debugpy/__init__.py',
    'dist/grammar/tree-sitter-python.wasm',
  ];
  const lacking = needed.filter((name) => !names.includes(`extension/${name}`));
  if (lacking.length > 0) throw new Error(`the package lacks ${lacking.join(', ')}`);
  const licences = names.filter((name) => /\/debugpy-[^/]+\.dist-info\/.*licen[cs]e/i.test(name));
  if (licences.length === 0) throw new Error("the package lacks debugpy's licence");
  const stray = names.filter((name) =>
    /\.(?:ts|map|pyc|pyo|tsbuildinfo|vsix|log)$|\/(?:test|node_modules|\.git|src|out)\//.test(
      name.replace(/^extension\/dist\/debugpy\//, ''),
    ),
  );
  if (stray.length > 0) throw new Error(`the package holds ${stray.join(', ')}`);
  if (data.length > MAX_SIZE) throw new Error(`the package weighs ${data.length} bytes, more than ${MAX_SIZE}`);
}
