/// <reference types="node" />

const NEXT_RUN = 'no file is half written, and the next run completes what this one began';

/** What people can do about an error of the disk. */
const WAYS_OUT: Readonly<Record<string, string>> = {
  EACCES: `it may not be written: look at the rights of its folder; ${NEXT_RUN}`,
  EDQUOT: `the quota of the disk is used up: make room; ${NEXT_RUN}`,
  EIO: `the disk reports an error; ${NEXT_RUN}`,
  ENOSPC: `the disk is full: make room; ${NEXT_RUN}`,
  EPERM: `it may not be written: look at the rights of its folder; ${NEXT_RUN}`,
  EROFS: 'the file system is read-only: publish to a checkout that can be written',
  EXDEV: 'it is on another file system than its folder: publish to that folder itself',
};

/** Runs an action; an error of the disk is thrown again with what people can do about it. */
export function readableError<Value>(action: () => Value): Value {
  try {
    return action();
  } catch (error) {
    const { code, path, dest } = error as NodeJS.ErrnoException & { readonly dest?: string };
    const wayOut = code === undefined ? undefined : WAYS_OUT[code];
    throw wayOut === undefined ? error : new Error(`${dest ?? path ?? ''}: ${wayOut} (${code})`, { cause: error });
  }
}
