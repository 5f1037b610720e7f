/** Whose code a frame is, for showing: the user's own strong, libraries folded under their names. */
import type { Exchange } from '../decode/exchange';
import { frameOwner } from '../decode/initiator';
import { originFromPath } from '../diagnosis/client';
import type { Frame } from '../wire/model';

/**
 * Tells the user's own frames. In a program that is itself installed (asciinema), its whole package is what is being
 * looked at and counts as the user's code.
 */
export function ownFrames({ frames, initiator }: Exchange): (frame: Frame) => boolean {
  const start = frames[initiator];
  const own = start ? originFromPath(start) : null;
  return (frame) => {
    const owner = frameOwner(frame);
    if (owner === 'user' || owner === 'command') return true;
    if (start && frame.file === start.file) return true;
    return own?.kind === 'library' && originFromPath(frame).package === own.package && owner === 'installed';
  };
}

const ROOT = /^.*[\\/](?:(?:site|dist)-packages|(?:lib|lib64)[\\/]python\d(?:\.\d+)?t?|Lib|python\d+\.zip)[\\/]/;

/** Dotted name of a library's module by its path: "http.client", "urllib3.connectionpool"; the file's name elsewhere. */
export function moduleOf(file: string): string {
  if (file.startsWith('<')) return file.replace(/^<frozen (.*)>$/, '$1');
  const inside = file.replace(ROOT, '');
  const path = inside === file ? (file.split(/[\\/]/).at(-1) ?? file) : inside;
  return path
    .replace(/\.pyc?$/, '')
    .replace(/[\\/]__init__$/, '')
    .replace(/[\\/]/g, '.');
}
