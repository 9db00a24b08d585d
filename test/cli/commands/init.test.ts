import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { cli } from '../../support/command-line';
import { filesIn, renderHere } from '../../support/programs';

/** The files that a run makes, by their path in the new folder. */
function project(...args: string[]): Record<string, string> {
  let files: Record<string, string> = {};
  let folder = '';
  const { code, error } = cli(
    ['init', 'DIR/new', ...args],
    { 'pack/cdk8s-nim.tgz': '' },
    (directory) => {
      folder = directory;
    },
    '',
    () => {
      files = filesIn(join(folder, 'new'));
    },
  );
  expect({ code, error }).toEqual({ code: 0, error: '' });
  return files;
}

describe('cdk8s-nim init', () => {
  it('makes a project, and says what is next', () => {
    const { code, out } = cli(['init', 'DIR/new']);
    expect(code).toBe(0);
    expect(out).toBe(`+ DIR/new/main.ts
+ DIR/new/cdk8s.yaml
+ DIR/new/package.json
+ DIR/new/tsconfig.json
+ DIR/new/.gitignore
+ DIR/new/.github/workflows/manifests.yaml
Next: cd DIR/new, npm install, npm run synth, npm run check
`);
  });

  it.each(['traefik', 'f5-nginx', 'ingress-nginx'])(
    'makes a program for %s that synthesizes and passes its own strict check',
    async (controller) => {
      const { 'main.ts': program = '' } = project('--controller', controller, '--host', 'nim.example.org');
      const rendered = await renderText(program);
      expect(Object.values(rendered).join('')).toContain('nim.example.org');
      expect(cli(['check', '--strict', 'DIR'], rendered)).toMatchObject({ code: 0, error: '' });
    },
  );

  it('renders what Argo CD is told, when it knows the repository', async () => {
    const repository = 'https://git.example.com/platform/manifests.git';
    const { 'main.ts': program = '' } = project('--repository', repository, '--namespace', 'team');
    const rendered = await renderText(program);
    const application = rendered['argocd/Application.team-production.k8s.yaml'] ?? '';
    expect(parse(application)).toMatchObject({
      spec: { project: 'team', source: { repoURL: repository, path: 'envs/production' } },
    });
    expect(rendered['argocd/AppProject.team.k8s.yaml']).toContain('kind: ExternalSecret');
    expect(cli(['check', '--strict', 'DIR'], rendered)).toMatchObject({ code: 0, error: '' });
    expect(project()['main.ts']).not.toContain('ArgoCd');
  });

  it('takes names from its options', () => {
    const files = project(
      '--namespace',
      'team',
      '--issuer',
      'ours',
      '--store',
      'aws',
      '--name',
      'my-nim',
      '--ci',
      'gitlab',
    );
    expect(files['main.ts']).toContain("namespace: 'team'");
    expect(files['main.ts']).toContain("fromClusterIssuer('ours')");
    expect(files['main.ts']).toContain("SecretStoreRef.cluster('aws')");
    expect(JSON.parse(files['package.json'] ?? '')).toMatchObject({ name: 'my-nim', private: true });
    expect(Object.keys(files)).toContain('.gitlab-ci.yml');
    expect(Object.keys(project('--ci', 'none')).filter((name) => /git(hub|lab)/.test(name))).toEqual([]);
  });

  it('takes the package from a file, or its own version', () => {
    const dependency = (files: Record<string, string>): unknown =>
      (JSON.parse(files['package.json'] ?? '') as { dependencies: Record<string, string> }).dependencies['cdk8s-nim'];
    expect(dependency(project('--package', 'DIR/pack/cdk8s-nim.tgz'))).toBe('file:../pack/cdk8s-nim.tgz');
    expect(dependency(project('--package', '1.2.3'))).toBe('1.2.3');
    expect(dependency(project())).toBe('^0.1.0');
  });

  it('has the peers and the tools of the library', () => {
    const made = JSON.parse(project()['package.json'] ?? '') as Record<string, Record<string, string>>;
    const ours = JSON.parse(readFileSync('package.json', 'utf8')) as Record<string, Record<string, string>>;
    expect(made['dependencies']).toMatchObject(ours['peerDependencies'] ?? {});
    expect(made['devDependencies']).toEqual({
      'cdk8s-cli': ours['devDependencies']?.['cdk8s-cli'],
      typescript: ours['devDependencies']?.['typescript-native']?.replace('npm:typescript@', ''),
    });
  });

  it('runs in CI what the README of a new user says', () => {
    const { jobs } = parse(project()['.github/workflows/manifests.yaml'] ?? '') as {
      jobs: { manifests: { steps: { run?: string }[] } };
    };
    const { manifests } = parse(project('--ci', 'gitlab')['.gitlab-ci.yml'] ?? '') as {
      manifests: { script: string[] };
    };
    const steps = ['npm ci', 'npm run synth', 'npm run check'];
    expect(jobs.manifests.steps.flatMap(({ run }) => run ?? [])).toEqual(steps);
    expect(manifests.script).toEqual(steps);
  });

  it('asks no registry for a newer cdk8s, and names the line of main.ts that is wrong', () => {
    const files = project();
    expect(JSON.parse(files['package.json'] ?? '')).toMatchObject({
      scripts: { synth: 'cdk8s synth --no-check-upgrade' },
    });
    expect(files['cdk8s.yaml']).toContain('node --enable-source-maps build/main.js');
    expect(JSON.parse(files['tsconfig.json'] ?? '')).toMatchObject({ compilerOptions: { sourceMap: true } });
  });

  it('overwrites nothing', () => {
    const { code, error, out } = cli(['init', 'DIR'], { 'tsconfig.json': 'mine', 'README.md': '' });
    expect(error).toBe('error: DIR/tsconfig.json: there already, and nothing is overwritten: name another folder\n');
    expect(out).toBe('');
    expect(code).toBe(2);
  });
});

describe('cdk8s-nim init refuses', () => {
  it.each([
    [['init'], '0 folders are named'],
    [['init', 'a', 'b'], '2 folders are named'],
    [['init', 'a', '--host', "x'y"], "--host x'y: write a name of lower-case letters, digits and hyphens, with dots"],
    [['init', 'a', '--namespace', 'A'], '--namespace A: write a name of lower-case letters, digits and hyphens'],
    [['init', 'a', '--controller', 'kong'], '--controller kong: write one of traefik, f5-nginx, ingress-nginx'],
    [['init', 'a', '--repository', "x'y"], "--repository x'y: write the URL of a Git repository"],
    [['init', 'a', '--ci', 'jenkins'], '--ci jenkins: write one of github, gitlab, none'],
    [['init', 'a', '--package', 'none.tgz'], '--package none.tgz: there is no such file'],
  ])('%j', (args, message) => {
    const { code, error } = cli(args);
    expect(error).toContain(message);
    expect(error).toContain('Usage: cdk8s-nim init');
    expect(code).toBe(2);
  });
});

/** What a program renders, run like those of this repository. */
async function renderText(text: string): Promise<Record<string, string>> {
  const directory = mkdtempSync(join(tmpdir(), 'cdk8s-nim-init-'));
  try {
    symlinkSync(resolve('node_modules'), join(directory, 'node_modules'));
    writeFileSync(join(directory, 'main.ts'), text);
    return await renderHere(join(directory, 'main.ts'));
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
