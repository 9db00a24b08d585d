import { symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { cli, CONFIG_MAP, COUNT, ERROR, GOOD, problem } from '../support/command-line';
import { nimObjects } from '../support/rules';

describe('cdk8s-nim check on files and folders', () => {
  it('checks all files together, of folders within folders too', () => {
    const files = Object.fromEntries(
      nimObjects().map((object, index) => [`${index}/${object.kind}.yml`, stringify(object)]),
    );
    expect(cli(['check', 'DIR'], files).out).toContain(`${COUNT} objects, 0 errors`);
  });

  it('checks single files and the standard input', () => {
    expect(cli(['check', 'DIR/a.txt'], { 'a.txt': GOOD }).code).toBe(0);
    const { code, out } = cli(['check', '-'], {}, undefined, ERROR);
    expect(code).toBe(1);
    expect(out).toMatch(/^stdin:\d+: error service-only-api-port/);
  });

  it('reads a folder once that symbolic links lead to again', () => {
    const { code, out } = cli(['check', 'DIR'], { 'nim.yaml': GOOD, 'sub/a.yaml': CONFIG_MAP }, (directory) => {
      symlinkSync('..', join(directory, 'sub/loop'));
    });
    expect(out).toContain(`${COUNT + 1} objects, 0 errors`);
    expect(code).toBe(0);
  });

  it('reads a file once, however often it is named', () => {
    const { out } = cli(
      ['check', 'DIR', 'DIR/', 'DIR/nim.yaml', 'DIR/link.yaml'],
      { 'nim.yaml': GOOD },
      (directory) => {
        symlinkSync('nim.yaml', join(directory, 'link.yaml'));
      },
    );
    expect(out).toBe(`${COUNT} objects, 0 errors, 0 warnings, 0 acknowledged, 0 not checked, 0 problems\n`);
  });

  it('leaves out what is excluded, and its own configuration', () => {
    const args = ['--exclude', 'DIR/values', '--exclude', 'DIR/bad.yaml', '--config', 'DIR/guardrails.yaml'];
    const { out } = cli(['check', ...args, 'DIR'], {
      'nim.yaml': GOOD,
      'bad.yaml': 'a: b',
      'guardrails.yaml': 'strict: true',
      'values/production.yaml': 'a: b',
    });
    expect(out).toBe(`${COUNT} objects, 0 errors, 0 warnings, 0 acknowledged, 0 not checked, 0 problems\n`);
  });

  it('leaves out what is hidden, installed packages and the metadata of cdk8s', () => {
    const { out } = cli(['check', 'DIR'], {
      'nim.yaml': GOOD,
      '.sops.yaml': 'creation_rules: []',
      '.github/workflow.yaml': 'on: push\n',
      'node_modules/a/b.yaml': 'a: b\n',
      'construct-metadata.json': '{}',
      'README.md': '# a',
    });
    expect(out).toBe(`${COUNT} objects, 0 errors, 0 warnings, 0 acknowledged, 0 not checked, 0 problems\n`);
  });
});

describe('bad input to cdk8s-nim check:', () => {
  it('an empty folder', () => {
    expect(problem({})).toContain('DIR: problem: the folder has no file named *.yaml, *.yml or *.json');
  });

  it('a file without objects', () => {
    expect(problem({ 'a.yaml': '# nothing\n---\n' })).toContain('DIR: problem: there is no Kubernetes object in it');
  });

  it('a file of 100 MB', () => {
    const size = 100 * 1024 * 1024;
    const out = problem({}, (directory) => {
      writeFileSync(join(directory, 'a.yaml'), '');
      truncateSync(join(directory, 'a.yaml'), size);
    });
    expect(out).toMatch(/a\.yaml: problem: 100 MiB are refused: a file may have 10 MiB; split it/);
  });

  it('a file that is not there', () => {
    expect(problem({}, undefined, 'DIR/none.yaml')).toContain(
      'DIR/none.yaml: problem: there is no such file or folder',
    );
  });

  it('a symbolic link to itself', () => {
    const out = problem({}, (directory) => symlinkSync('loop.yaml', join(directory, 'loop.yaml')), 'DIR/loop.yaml');
    expect(out).toContain('DIR/loop.yaml: problem: its symbolic links lead in a circle');
  });

  it('a symbolic link to nothing', () => {
    const out = problem({}, (directory) => symlinkSync('none', join(directory, 'a.yaml')));
    expect(out).toContain('DIR/a.yaml: problem: there is no such file or folder');
  });

  it('still checks the rest of a folder in which a file cannot be read', () => {
    const out = problem({ 'nim.yaml': ERROR }, (directory) => {
      symlinkSync('none', join(directory, 'a.yaml'));
      writeFileSync(join(directory, 'b.yaml'), '');
      truncateSync(join(directory, 'b.yaml'), 11 * 1024 * 1024);
    });
    expect(out).toContain('error service-only-api-port');
    expect(out).toContain('DIR/a.yaml: problem: ');
    expect(out).toContain('DIR/b.yaml: problem: 11 MiB are refused');
  });

  it('something to leave out that is not there', () => {
    const { code, out } = cli(['check', '--exclude', 'DIR/none', 'DIR/nim.yaml'], { 'nim.yaml': GOOD });
    expect(code).toBe(2);
    expect(out).toContain('DIR/none: problem: there is no such file or folder');
  });
});
