// Writes the generated regions of package.json and package.nls.json: launch attributes, their texts, and snippets.
import { generateManifest } from './lib/manifest.mjs';
import { ensureNodeModules } from './lib/setup.mjs';

ensureNodeModules();
await generateManifest();
