/** What can be wrong with a capture, each said in a sentence that tells what it means for the reader. */
import { constants } from 'node:os';
import { MAJOR, STOPPED_BY_PROBE_ERROR } from './format';

export type ProblemCode =
  | 'empty'
  | 'truncated'
  | 'corrupt'
  | 'malformed-record'
  | 'not-a-capture'
  | 'newer-version'
  | 'unreadable'
  | 'shrunk'
  | 'stopped-disk-full'
  | 'stopped-error'
  | 'stopped-probe-error';

export interface CaptureProblem {
  /** Name of the file in the capture; empty when the capture as a whole is meant. */
  readonly file: string;
  readonly code: ProblemCode;
  readonly message: string;
}

/** A capture that cannot be opened at all. */
export class CaptureError extends Error {
  override readonly name = 'CaptureError';

  constructor(
    readonly code: 'missing-folder' | 'not-a-folder' | 'unreadable-folder',
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

export const problems = {
  empty: (): CaptureProblem => ({
    file: '',
    code: 'empty',
    message:
      'No Python process was recorded in this capture. Either no Python was run, or it was run in a way that ignores ' +
      'PYTHONPATH (-I, -E or a cleared environment), or this folder is not a capture.',
  }),
  truncated: (file: string, offset: number, left: number): CaptureProblem => ({
    file,
    code: 'truncated',
    message: `${file} ends in the middle of a record (${left} bytes from offset ${offset} on): the process was killed while writing or is still at it. Everything before was read.`,
  }),
  corrupt: (file: string, offset: number, size: number): CaptureProblem => ({
    file,
    code: 'corrupt',
    message: `${file} is damaged at offset ${offset}: no record can be ${size} bytes long. Everything before was read, nothing after it can be.`,
  }),
  malformed: (file: string, offset: number, count: number): CaptureProblem => ({
    file,
    code: 'malformed-record',
    message: `${file}: ${count === 1 ? 'one record does' : `${count} records do`} not follow the format (the first at offset ${offset}) and ${count === 1 ? 'was' : 'were'} left out.`,
  }),
  notACapture: (file: string): CaptureProblem => ({
    file,
    code: 'not-a-capture',
    message: `${file} is not a process file of a capture: it does not begin as one.`,
  }),
  newerVersion: (file: string, version: string): CaptureProblem => ({
    file,
    code: 'newer-version',
    message: `${file} was written in capture format ${version}; this version of Framewire reads formats up to ${MAJOR}.x. Update Framewire to read it.`,
  }),
  unreadable: (file: string, reason: string): CaptureProblem => ({
    file,
    code: 'unreadable',
    message: `${file} cannot be read: ${reason}.`,
  }),
  shrunk: (file: string, size: number, read: number): CaptureProblem => ({
    file,
    code: 'shrunk',
    message: `${file} became shorter (${size} bytes) than what was already read of it (${read} bytes): something else has changed the capture. What was read before is kept.`,
  }),
  stopped: (file: string, pid: number, errno: number): CaptureProblem => {
    if (errno === STOPPED_BY_PROBE_ERROR) {
      return {
        file,
        code: 'stopped-probe-error',
        message: `The recording of process ${pid} ended early because the probe failed with an error of its own. What came after is missing here; the program was left to itself.`,
      };
    }
    if (errno === constants.errno.ENOSPC) {
      return {
        file,
        code: 'stopped-disk-full',
        message: `The recording of process ${pid} ended early because the disk was full. What came after is missing here; the program itself was not affected. Free some space, or record to another disk.`,
      };
    }
    return {
      file,
      code: 'stopped-error',
      message: `The recording of process ${pid} ended early because its file could not be written (${errnoName(errno)}). What came after is missing here; the program itself was not affected.`,
    };
  },
};

/** "EIO", or "errno 5" where this platform has no such name. */
function errnoName(errno: number): string {
  const found = Object.entries(constants.errno).find(([, value]) => value === errno);
  return found ? found[0] : `errno ${errno}`;
}
