import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { DISK } from '../../../lib/cli/publish/disk';
import { withDirectory } from '../../support/programs';

it('the disk does what it is told, and makes no file that is there', () => {
  withDirectory((directory) => {
    const at = (path: string): string => join(directory, path);
    DISK.makeFolder(at('sub/deep'));
    DISK.create(at('sub/a'));
    expect(() => {
      DISK.create(at('sub/a'));
    }).toThrow('EEXIST');
    DISK.write(at('sub/a'), 'a long text');
    DISK.write(at('sub/a'), 'text');
    DISK.rename(at('sub/a'), at('b'));
    expect(readFileSync(at('b'), 'utf8')).toBe('text');
    expect(() => {
      DISK.removeFolder(at('sub'));
    }).toThrow('ENOTEMPTY');
    DISK.removeFolder(at('sub/deep'));
    DISK.removeFolder(at('sub'));
    DISK.remove(at('b'));
    expect(readdirSync(directory)).toEqual([]);
  });
});
