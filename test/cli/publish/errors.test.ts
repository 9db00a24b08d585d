import { describe, expect, it } from 'vitest';
import { readableError } from '../../../lib/cli/publish/errors';

const failing = (error: Error, more: object): (() => never) => {
  Object.assign(error, more);
  return () => {
    throw error;
  };
};

describe('an error of the disk', () => {
  it.each([
    ['EACCES', 'it may not be written: look at the rights of its folder'],
    ['EDQUOT', 'the quota of the disk is used up: make room'],
    ['EIO', 'the disk reports an error'],
    ['ENOSPC', 'the disk is full: make room'],
    ['EPERM', 'it may not be written: look at the rights of its folder'],
    ['EROFS', 'the file system is read-only: publish to a checkout that can be written'],
    ['EXDEV', 'it is on another file system than its folder: publish to that folder itself'],
  ])('%s says what to do', (code, wayOut) => {
    const error = new Error('of the system');
    const run = (): unknown => readableError(failing(error, { code, path: 'envs/a.yaml' }));
    expect(run).toThrow(`envs/a.yaml: ${wayOut}`);
    expect(run).toThrow(`(${code})`);
    expect(run).toThrow(expect.objectContaining({ cause: error }) as Error);
  });

  it('of a rename names the file that should have got its name', () => {
    const error = { code: 'ENOSPC', path: 'unfinished', dest: 'envs/a.yaml' };
    expect(() => readableError(failing(new Error(''), error))).toThrow(/^envs\/a\.yaml: /);
  });

  it.each([{}, { code: 'ENOENT', path: 'a' }])('that nobody has advice for stays as it is: %j', (more) => {
    const error = new Error('something else');
    expect(() => readableError(failing(error, more))).toThrow(error);
  });

  it('is none where the action succeeds', () => {
    expect(readableError(() => 'done')).toBe('done');
  });
});
