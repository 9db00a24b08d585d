import { spawnSync } from 'node:child_process';
import { build } from 'esbuild';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { diskUntil, failingDisk, operationsOf } from '../../support/interrupted-disk';
import { filesIn } from '../../support/programs';
import { configMap, type Files, publishing, Publishing } from '../../support/publishing';

const OLD: Files = {
  'changed.yaml': configMap('changed'),
  'kept.yaml': configMap('kept'),
  'gone/removed.yaml': configMap('removed'),
  'production.yaml': configMap('moved'),
};
const NEW: Files = {
  'changed.yaml': configMap('changed', { a: 'c' }),
  'kept.yaml': configMap('kept'),
  'new/added.yaml': configMap('added'),
  'production/moved.yaml': configMap('moved'),
};
const OTHER: Files = {
  'changed.yaml': configMap('changed', { a: 'd' }),
  'new/added.yaml': configMap('added', { a: 'd' }),
};
const README = { 'README.md': '# ours' };

/** The one place of all cases: a new one for each would take most of the time. */
const PLACE = new Publishing(mkdtempSync(join(tmpdir(), 'cdk8s-nim-')));
PLACE.publish(OLD);
PLACE.write(README);
const PUBLISHED = filesIn(PLACE.target);
afterAll(() => {
  rmSync(PLACE.directory, { recursive: true });
});

/** The place with the old files and one of somebody else, and nothing that an earlier case left. */
function withOld(use: (place: Publishing) => void): void {
  PLACE.reset(PUBLISHED);
  use(PLACE);
}

/** How many operations a run from the old to the new files takes. */
function countOperations(): number {
  let count = 0;
  withOld((place) => {
    count = operationsOf((disk) => place.publish(NEW, [], disk));
  });
  return count;
}

const OPERATIONS = countOperations();

describe('a publish that is killed', () => {
  it('has operations to be killed at', () => {
    expect(OPERATIONS).toBeGreaterThan(12);
    withOld((place) => {
      expect(place.publish(NEW, [], diskUntil(OPERATIONS, false)).code).toBe(0);
    });
  });

  it.each(
    Array.from({ length: OPERATIONS }, (_, index) => index).flatMap(
      (index) =>
        [
          [index, false],
          [index, true],
        ] as const,
    ),
  )('before operation %i (torn: %s) leaves whole files, and the next run completes it', (operation, torn) => {
    withOld((place) => {
      expect(place.publish(NEW, [], diskUntil(operation, torn)).code).toBe(2);
      for (const [file, text] of Object.entries(place.files)) {
        if (!file.startsWith('.')) expect([OLD[file], NEW[file], README['README.md']]).toContain(text);
      }
      expect(place.publish(NEW)).toMatchObject({ code: 0, error: '' });
      expectNothingLeft(place, NEW);
    });
  });

  it.each([NEW, OTHER, OLD])('is completed by a run with other files, and that one by a third', (next) => {
    for (let operation = 0; operation < OPERATIONS; operation += 1) {
      withOld((place) => {
        place.publish(NEW, [], diskUntil(operation, false));
        place.publish(next, [], diskUntil(operation + 3, false));
        expect(place.publish(OTHER)).toMatchObject({ code: 0, error: '' });
        expectNothingLeft(place, OTHER);
      });
    }
  });

  it('does not make what a person changes afterwards its own', () => {
    withOld((place) => {
      place.publish(NEW, [], diskUntil(OPERATIONS - 3, false));
      place.write({ 'changed.yaml': configMap('changed', { a: 'by hand' }) });
      expect(place.publish(NEW).out).toContain('changed.yaml: refused: somebody has changed it');
    });
  });
});

describe('a process of publish', () => {
  it('that a signal kills leaves what the next one completes', async () => {
    await build({
      entryPoints: [join(__dirname, '../../support/killed-publish.ts')],
      bundle: true,
      platform: 'node',
      outfile: 'node_modules/.cache/killed-publish.cjs',
      logLevel: 'silent',
    });
    for (const operation of [2, 5, 8, OPERATIONS - 2]) {
      withOld((place) => {
        place.render(NEW);
        const { signal } = spawnSync(process.execPath, [
          'node_modules/.cache/killed-publish.cjs',
          String(operation),
          join(place.directory, 'dist'),
          place.target,
        ]);
        expect(signal).toBe('SIGKILL');
        expect(place.publish(NEW)).toMatchObject({ code: 0, error: '' });
        expectNothingLeft(place, NEW);
      });
    }
  });
});

function expectNothingLeft(place: Publishing, files: Files): void {
  expect(place.files).toEqual({ ...files, ...README });
  expect(place.record).not.toContain('# publishing');
  expect(
    place.record
      .trim()
      .split('\n')
      .slice(2)
      .map((line) => line.slice(66)),
  ).toEqual(Object.keys(files).sort());
  expect(readdirSync(place.target).sort()).toEqual(
    [
      ...new Set([...Object.keys(files).map((file) => file.split('/')[0] ?? ''), 'README.md', 'published.sha256']),
    ].sort(),
  );
  expect(place.publish(files, ['--check']).code).toBe(0);
}

describe('a disk that', () => {
  it.each([
    [
      'write',
      /unfinished/,
      'ENOSPC',
      'the disk is full: make room; no file is half written, and the next run completes what',
    ],
    ['write', /unfinished/, 'EROFS', 'the file system is read-only'],
    ['create', /lock/, 'EACCES', 'it may not be written: look at the rights of its folder'],
    ['rename', /added\.yaml/, 'EPERM', 'it may not be written'],
    ['rename', /moved\.yaml/, 'EXDEV', 'it is on another file system than its folder'],
    ['makeFolder', /new/, 'ENOSPC', 'the disk is full'],
    ['remove', /removed\.yaml/, 'EACCES', 'it may not be written'],
  ] as const)('fails to %s %s with %s says what to do, and loses nothing', (name, pattern, code, message) => {
    withOld((place) => {
      const failed = place.publish(NEW, [], failingDisk(name, pattern, code));
      expect(failed.error).toContain(message);
      expect(failed.error).toContain(`(${code})`);
      expect(failed.code).toBe(2);
      expect(place.publish(NEW).code).toBe(0);
      expectNothingLeft(place, NEW);
    });
  });
});

describe('two runs at once', () => {
  const lockOf = (host: string, pid: number): string => `.cdk8s-nim-publish.${host}.${pid}.lock`;

  it.each([
    ['another process of this machine', hostname(), process.ppid],
    ['another machine', 'other.example.com', 1],
  ])('end with an error of the second one: %s', (_, host, pid) => {
    withOld((place) => {
      place.write({ [lockOf(host, pid)]: '' });
      for (const args of [[], ['--check']]) {
        const { code, error } = place.publish(NEW, args);
        expect(error).toBe(
          `error: process ${pid} on ${host} publishes to DIR/checkout/env: wait until it has ended; if it is gone, delete DIR/checkout/env/${lockOf(host, pid)}\n`,
        );
        expect(code).toBe(2);
      }
      rmSync(join(place.target, lockOf(host, pid)));
      expect(place.files).toEqual({ ...OLD, ...README });
    });
  });

  it('are one when the other process is dead', () => {
    withOld((place) => {
      const { pid } = spawnSync(process.execPath, ['--version']);
      place.write({ [lockOf(hostname(), pid)]: '', [lockOf(hostname(), process.pid)]: '' });
      expect(place.publish(NEW).code).toBe(0);
      expectNothingLeft(place, NEW);
    });
  });
});

describe('what is in the way is refused, and nothing is written:', () => {
  it.each<[string, (folder: string) => void, string]>([
    [
      'a read-only file',
      (folder) => {
        chmodSync(join(folder, 'changed.yaml'), 0o444);
      },
      'changed.yaml: refused: it is read-only: make it writable first (chmod u+w)',
    ],
    [
      'a symbolic link in the place of a file',
      (folder) => {
        renameSync(join(folder, 'changed.yaml'), join(folder, '../elsewhere.yaml'));
        symlinkSync('../elsewhere.yaml', join(folder, 'changed.yaml'));
      },
      'changed.yaml: refused: changed.yaml is a symbolic link to ../elsewhere.yaml, and publish writes into no other place: put a file there',
    ],
    [
      'a symbolic link in the place of a folder',
      (folder) => {
        mkdirSync(join(folder, '../elsewhere'));
        symlinkSync('../elsewhere', join(folder, 'new'));
      },
      'new/added.yaml: refused: new is a symbolic link to ../elsewhere, and publish writes into no other place: put a folder there',
    ],
    [
      'a file in the place of a folder',
      (folder) => {
        writeFileSync(join(folder, 'new'), '');
      },
      'new/added.yaml: refused: new is no folder: remove it first',
    ],
    [
      'a folder in the place of a file',
      (folder) => {
        rmSync(join(folder, 'changed.yaml'));
        mkdirSync(join(folder, 'changed.yaml'));
      },
      'changed.yaml: refused: changed.yaml is no file: remove it first',
    ],
    [
      'a name that differs only in upper and lower case',
      (folder) => {
        mkdirSync(join(folder, 'New'));
      },
      'new/added.yaml: refused: New is there and differs only in upper and lower case, which many file systems take for one: rename or remove it first',
    ],
  ])('%s', (_, prepare, message) => {
    withOld((place) => {
      prepare(place.target);
      const before = place.files;
      const { code, out } = place.publish(NEW);
      expect(out).toContain(`${message}\n`);
      expect(code).toBe(1);
      expect(place.files).toEqual(before);
    });
  });

  it('names in the render that differ only in upper and lower case', () => {
    publishing((place) => {
      const { code, out } = place.publish({ 'A/a.yaml': configMap('a'), 'a/b.yaml': configMap('b') }, ['--check']);
      expect(out).toContain(
        'A: refused: a differs from it only in upper and lower case, which many file systems take for one: rename one of them\n',
      );
      expect(code).toBe(1);
    });
  });

  it('not a file that it wrote below a folder that somebody renamed', () => {
    withOld((place) => {
      renameSync(join(place.target, 'gone'), join(place.target, 'Gone'));
      expect(place.publish(NEW).code).toBe(0);
      expect(readFileSync(join(place.target, 'Gone/removed.yaml'), 'utf8')).toBe(OLD['gone/removed.yaml']);
    });
  });
});
