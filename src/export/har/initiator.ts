/** The Python stack in the form in which Chrome tells who asked for a request. */
import { pathToFileURL } from 'node:url';
import type { Exchange } from '../../decode/exchange';
import type { Frame } from '../../wire/model';
import type { HarInitiator } from './harTypes';

/** Frames written out; deeper ones are an event loop's or a runner's. */
const MAX_FRAMES = 200;

export function initiatorFor({ frames, initiator }: Pick<Exchange, 'frames' | 'initiator'>): HarInitiator {
  if (frames.length === 0) return { type: 'other' };
  const start = frames[initiator];
  return {
    type: 'script',
    ...(start && { url: urlOf(start), lineNumber: lineOf(start) }),
    stack: {
      callFrames: frames.slice(0, MAX_FRAMES).map((frame) => ({
        functionName: `${frame.function} (${placeOf(frame)})`,
        scriptId: '',
        url: urlOf(frame),
        lineNumber: lineOf(frame),
        columnNumber: 0, // the column is required there, and lines are all that is recorded
      })),
    },
  };
}

/** DevTools shows places of web pages only and passes those of files by: the name is what it shows of a frame. */
const placeOf = ({ file, line }: Frame): string => `${file.replace(/^.*[\\/]/, '')}:${line}`;

/** Chrome counts lines from 0. */
const lineOf = ({ line }: Frame): number => Math.max(0, line - 1);

/** "<frozen runpy>" stays what it is; so does another system's path, which would become one of this system. */
function urlOf({ file }: Frame): string {
  if (/^[A-Za-z]:[\\/]/.test(file)) return `file:///${encodeURI(file.replaceAll('\\', '/'))}`;
  return file.startsWith('/') ? pathToFileURL(file).href : file;
}
