/** Which distribution and version a source file belongs to, from the metadata beside the installed packages. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { installedAs, type OriginOf, originFromPath } from '../diagnosis/client';
import type { ProcessInfo } from '../wire/model';

export interface Distribution {
  /** As its metadata spells it: "asciinema", "PyYAML". */
  readonly name: string;
  readonly version: string;
}

/** Reads each folder of packages once; what cannot be read is not known. */
export class PackageIndex {
  private readonly sites = new Map<string, Site>();

  /** Origins of the frames of one process: its Python's version is the standard library's. */
  originsFor(process: Pick<ProcessInfo, 'python'>): OriginOf {
    return (frame) => {
      const origin = originFromPath(frame);
      if (origin.kind === 'stdlib') return { ...origin, version: process.python };
      const installed = installedAs(frame.file);
      const found = installed && this.site(installed.site).distributionOf(installed.name);
      return found ? { kind: 'library', package: found.name, version: found.version } : origin;
    };
  }

  private site(folder: string): Site {
    let site = this.sites.get(folder);
    if (!site) {
      site = new Site(folder);
      this.sites.set(folder, site);
    }
    return site;
  }
}

/** One site-packages or dist-packages folder. */
class Site {
  private readonly metadata: readonly string[];
  private readonly known = new Map<string, Distribution | null>();

  constructor(private readonly folder: string) {
    this.metadata = list(folder).filter((name) => /\.(dist|egg)-info$/.test(name));
  }

  /** The distribution that installed the top-level package or module of that import name. */
  distributionOf(name: string): Distribution | null {
    let found = this.known.get(name);
    if (found === undefined) {
      found = this.search(name);
      this.known.set(name, found);
    }
    return found;
  }

  private search(name: string): Distribution | null {
    const sameName = this.metadata.filter((entry) => normalized(entry.split('-')[0] ?? '') === normalized(name));
    // most are called like what they install; the others say what they install
    const entry =
      sameName.find((each) => this.installs(each, name) !== false) ??
      this.metadata.find((each) => this.installs(each, name) === true);
    return entry ? this.read(entry) : null;
  }

  /** Whether a distribution installs that name; null when it does not tell. */
  private installs(entry: string, name: string): boolean | null {
    const path = join(this.folder, entry);
    const topLevel = read(join(path, 'top_level.txt'));
    if (topLevel !== null) return topLevel.split(/\s+/).includes(name);
    const record = read(join(path, 'RECORD')) ?? read(join(path, 'installed-files.txt'));
    if (record === null) return null;
    const lines = record.split('\n').map((line) => line.replace(/^"?(\.\.\/)?/, ''));
    return lines.some((line) => line.startsWith(`${name}/`) || line.startsWith(`${name}.py,`) || line === `${name}.py`);
  }

  /** Debian's egg-info may be a plain file. */
  private read(entry: string): Distribution | null {
    const path = join(this.folder, entry);
    const text = isFolder(path) ? (read(join(path, 'METADATA')) ?? read(join(path, 'PKG-INFO'))) : read(path);
    const head = text?.split(/\r?\n\r?\n/)[0] ?? '';
    const name = /^Name:\s*(.+?)\s*$/m.exec(head)?.[1];
    const version = /^Version:\s*(.+?)\s*$/m.exec(head)?.[1];
    return name && version ? { name, version } : null;
  }
}

/** Names of distributions compare like this (packaging.python.org, "Names and normalization"). */
function normalized(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, '-');
}

function list(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}

function read(path: string): string | null {
  try {
    // a capture names the folder: nothing in it is worth more than a few megabytes of our memory
    return statSync(path).size > 8 << 20 ? null : readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}
