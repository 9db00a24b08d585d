import { buildSync } from 'esbuild';
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { cli } from '../support/command-line';
import { filesIn } from '../support/programs';

const EXAMPLE = 'examples/argocd';
const FOLDERS = readdirSync(join(EXAMPLE, 'rendered'));
const placeOf = (folder: string): string => (['argocd', 'root'].includes(folder) ? folder : `envs/${folder}`);

describe('the repository of the example', () => {
  it.each(FOLDERS)('has what publish makes of the render: %s', (folder) => {
    const target = join(EXAMPLE, 'repository', placeOf(folder));
    const { code, out } = cli(['publish', join(EXAMPLE, 'rendered', folder), '--to', target, '--check']);
    expect(out).toContain('0 added, 0 changed, 0 removed');
    expect(code).toBe(0);
    const { 'published.sha256': record, ...files } = filesIn(target);
    expect(files).toEqual(filesIn(join(EXAMPLE, 'rendered', folder)));
    expect(record).toContain(Object.keys(files)[0]);
  });

  it('has each Application outside of the folder that it reads', () => {
    const files = Object.entries(filesIn(join(EXAMPLE, 'repository'))).filter(([name]) =>
      name.includes('/Application.'),
    );
    expect(files).toHaveLength(FOLDERS.length - 1);
    for (const [file, text] of files) {
      const { path } = (parse(text) as { spec: { source: { path: string } } }).spec.source;
      expect(FOLDERS.map(placeOf)).toContain(path);
      expect(file.startsWith(`${path}/`)).toBe(false);
    }
  });
});

interface Step {
  readonly run?: string;
  readonly uses?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

/** What a recipe runs once the program is rendered and checked, with the checkout of the manifests in `manifests`. */
interface Recipe {
  readonly before: readonly string[];
  readonly script: string;
}

function githubRecipe(): Recipe {
  const recipe = parse(readFileSync(join(EXAMPLE, 'ci/github.yaml'), 'utf8')) as {
    jobs: { publish: { steps: Step[] } };
  };
  const { steps } = recipe.jobs.publish;
  const scripts = steps.flatMap(({ run }) => run ?? []);
  const [publish = '', open = ''] = scripts.slice(-2);
  // Each step has a shell of its own, with these options.
  return { before: scripts.slice(0, -2), script: `set -eo pipefail\n${publish}\ncd manifests\n${open}` };
}

function gitlabRecipe(): Recipe {
  const recipe = parse(readFileSync(join(EXAMPLE, 'ci/gitlab.yaml'), 'utf8')) as { publish: { script: string[] } };
  const { script } = recipe.publish;
  const at = script.findIndex((line) => line.startsWith('git clone'));
  return { before: script.slice(0, at), script: ['set -eo pipefail', ...script.slice(at + 1)].join('\n') };
}

/** Enough of the render: each folder is a process. */
const PUBLISHED = ['argocd', 'staging'];

/** A program in the place of another, which writes what it is told into a file: first its arguments, then the summary. */
const FAKE = `#!/bin/sh
printf '%s\\n' "$@" > "$CALLS/arguments"
cat ../summary.md > "$CALLS/summary"
`;

/** The command in one file, and the repository as it is after the first publish: made once for both recipes. */
let made = '';
beforeAll(() => {
  made = mkdtempSync(join(tmpdir(), 'cdk8s-nim-made-'));
  buildSync({
    entryPoints: ['lib/cli/main.ts'],
    bundle: true,
    platform: 'node',
    outfile: join(made, 'cli.js'),
    logLevel: 'silent',
  });
  const git = gitIn(made);
  git('init', '--quiet', '--bare', '--initial-branch', 'main', 'manifests.git');
  git('clone', '--quiet', 'manifests.git', 'manifests');
  cpSync(join(EXAMPLE, 'repository'), join(made, 'manifests'), { recursive: true });
  git('-C', 'manifests', 'add', '--all');
  git('-C', 'manifests', '-c', 'user.name=a', '-c', 'user.email=a@example.com', 'commit', '--quiet', '--message=a');
  git('-C', 'manifests', 'push', '--quiet', 'origin', 'HEAD:main');
});
afterAll(() => {
  rmSync(made, { recursive: true, force: true });
});

function gitIn(cwd: string): (...args: string[]) => string {
  return (...args) => execFileSync('git', args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
}

describe.each([
  ['GitHub Actions', githubRecipe(), 'gh'],
  ['GitLab', gitlabRecipe(), 'curl'],
] as const)('the recipe for %s', (_, { before, script }, program) => {
  let directory = '';
  let git: ReturnType<typeof gitIn>;
  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), 'cdk8s-nim-recipe-'));
    git = gitIn(directory);
    for (const folder of ['bin', 'calls']) mkdirSync(join(directory, folder));
    writeFileSync(join(directory, 'bin', program), FAKE);
    chmodSync(join(directory, 'bin', program), 0o755);
    cpSync(join(EXAMPLE, 'publish.sh'), join(directory, 'publish.sh'));
    cpSync(join(made, 'manifests.git'), join(directory, 'manifests.git'), { recursive: true });
  });
  afterAll(() => {
    rmSync(directory, { recursive: true, force: true });
  });

  /** One run of the job with a render. */
  function run(
    change: (text: string) => string,
    commit: string,
  ): { code: number | null; calls: Record<string, string> } {
    for (const folder of ['dist', 'manifests', 'calls'])
      rmSync(join(directory, folder), { recursive: true, force: true });
    mkdirSync(join(directory, 'calls'));
    for (const folder of PUBLISHED) {
      cpSync(join(EXAMPLE, 'rendered', folder), join(directory, 'dist', folder), { recursive: true });
    }
    const deployment = join(directory, 'dist/staging/Deployment.text-embedding.k8s.yaml');
    writeFileSync(deployment, change(readFileSync(deployment, 'utf8')));
    git('clone', '--quiet', 'manifests.git', 'manifests');
    const { status, stderr } = spawnSync('bash', ['-c', script], {
      cwd: directory,
      encoding: 'utf8',
      env: {
        ...process.env,
        PATH: `${join(directory, 'bin')}:${process.env['PATH']}`,
        CALLS: join(directory, 'calls'),
        CDK8S_NIM: `node ${join(made, 'cli.js')}`,
        GITHUB_SHA: commit,
        CI_COMMIT_SHA: commit,
        CI_API_V4_URL: 'https://git.example.com/api/v4',
        MANIFESTS: 'platform/manifests',
        MANIFESTS_TOKEN: 'token',
      },
    });
    expect(stderr.replace(/^(Cloning|Switched|To |remote:).*$/gm, '')).not.toMatch(/error:|fatal:/);
    return { code: status, calls: filesIn(join(directory, 'calls')) };
  }

  it('renders and checks first', () => {
    expect(before).toEqual(['npm ci', 'npm run synth', 'npm run check']);
  });

  // What both recipes have in common is tried with one of them: each run is a second for each folder.
  const once = it.runIf(program === 'gh');

  once('opens nothing when nothing changes', () => {
    const branches = (): string => git('-C', 'manifests.git', 'branch', '--list');
    const before = branches();
    expect(run((text) => text, '1111111')).toEqual({ code: 0, calls: {} });
    expect(branches()).toBe(before);
  });

  it('opens a pull request of one commit, whose summary says exactly what changes', () => {
    const { code, calls } = run((text) => text.replace('replicas: 1', 'replicas: 2'), '2222222');
    expect(code).toBe(0);
    expect(git('-C', 'manifests.git', 'diff', '--numstat', 'main', 'embeddings-2222222').trim().split(/\n/)).toEqual([
      '1\t1\tenvs/staging/Deployment.text-embedding.k8s.yaml',
      '1\t1\tenvs/staging/published.sha256',
    ]);
    const { summary = '' } = calls;
    expect(summary.match(/spec\.replicas/g)).toHaveLength(1);
    expect(summary).toMatch(/Deployment embeddings-staging\/text-embedding \| `spec\.replicas` \| `1` \| `2` \|/);
    const counts = [...summary.matchAll(/(\d+) added, (\d+) changed, (\d+) removed/g)].map(([count]) => count);
    expect(counts.sort()).toEqual(['0 added, 0 changed, 0 removed', '0 added, 1 changed, 0 removed']);
    expect(calls['arguments']).toContain('Embeddings of 2222222');
    expect(calls['arguments']).toContain('summary.md');
  });

  once('fails on what the guardrails refuse, and pushes nothing', () => {
    const { code, calls } = run((text) => text.replace('privileged: false', 'privileged: true'), '3333333');
    expect({ code, calls }).toEqual({ code: 1, calls: {} });
    expect(git('-C', 'manifests.git', 'branch', '--list')).not.toContain('3333333');
  });
});
