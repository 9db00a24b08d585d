import { mkdirSync, realpathSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { folded, PublishedFolder, requireTarget } from '../../../lib/cli/publish/folder';
import { hashOf } from '../../../lib/cli/publish/record';
import { writeFiles } from '../../support/files';
import { withDirectory } from '../../support/programs';

describe('the published folder', () => {
  it('is empty where it is not there', () => {
    const folder = new PublishedFolder('/no/such/folder');
    expect([folder.read('a.yaml'), folder.namesIn(''), folder.recordText, folder.record]).toEqual([
      undefined,
      [],
      undefined,
      new Map(),
    ]);
    expect(folder.obstacleAt('sub/a.yaml')).toBeUndefined();
  });

  it('knows a file by both of its line ends', () => {
    withDirectory((directory) => {
      writeFiles(directory, { 'sub/a.yaml': 'a: b\r\n' });
      expect(new PublishedFolder(directory).read('sub/a.yaml')).toEqual({
        text: 'a: b\r\n',
        hashes: [hashOf('a: b\r\n'), hashOf('a: b\n')],
      });
    });
  });

  it('has no file where a folder is, and names in no file', () => {
    withDirectory((directory) => {
      writeFiles(directory, { 'sub/a.yaml': '' });
      const folder = new PublishedFolder(directory);
      expect(folder.read('sub')).toBeUndefined();
      expect(folder.namesIn('sub/a.yaml')).toEqual([]);
      expect(folder.namesIn('sub')).toEqual(['a.yaml']);
    });
  });

  it('takes names for one that many file systems take for one', () => {
    expect(folded('Straße.YAML')).toBe(folded('straße.yaml'));
    expect(folded('u\u0308ber')).toBe(folded('\u00fcber'));
    expect(folded('a')).not.toBe(folded('b'));
  });
});

describe('where to publish to', () => {
  it('is the folder behind a link, also for one that is not there yet', () => {
    withDirectory((directory) => {
      mkdirSync(join(directory, 'checkout/.git'), { recursive: true });
      symlinkSync(join(directory, 'checkout'), join(directory, 'link'));
      const rendered = join(directory, 'dist');
      expect(requireTarget(join(directory, 'link/envs/production'), rendered)).toBe(
        join(realpathSync(directory), 'checkout/envs/production'),
      );
    });
  });

  it('may be outside of a checkout when it is there', () => {
    withDirectory((directory) => {
      mkdirSync(join(directory, 'envs'));
      expect(requireTarget(join(directory, 'envs'), join(directory, 'dist'))).toBe(
        join(realpathSync(directory), 'envs'),
      );
    });
  });
});
