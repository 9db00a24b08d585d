import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { cli } from '../../support/command-line';
import { writeFiles } from '../../support/files';
import type { Manifest } from '../../support/manifests';

/** The Git repository that Argo CD reads, with a checkout of it in which is published. */
export class ManifestRepository {
  private readonly directory = mkdtempSync(join(tmpdir(), 'cdk8s-nim-manifests-'));

  /** @param path of the repository below its host, as in its URL. */
  public constructor(public readonly path = 'platform/manifests.git') {
    const remote = join(this.root, path);
    execFileSync('git', ['init', '--quiet', '--bare', '--initial-branch', 'main', remote]);
    execFileSync('git', ['clone', '--quiet', remote, this.checkout], { stdio: 'ignore' });
  }

  /** What a Git host serves. */
  public get root(): string {
    return join(this.directory, 'host');
  }

  public get checkout(): string {
    return join(this.directory, 'manifests');
  }

  /** The newest commit. */
  public get revision(): string {
    return this.git('rev-parse', 'HEAD').trim();
  }

  public remove(): void {
    rmSync(this.directory, { recursive: true, force: true });
  }

  public git(...args: string[]): string {
    return execFileSync('git', ['-C', this.checkout, '-c', 'user.name=a', '-c', 'user.email=a@example.com', ...args], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  }

  /** Publishes each folder of a render like publish.sh, commits and pushes; the summaries. */
  public publish(rendered: Readonly<Record<string, string>>): string {
    const dist = join(this.directory, 'dist');
    rmSync(dist, { recursive: true, force: true });
    writeFiles(dist, rendered);
    const summaries = readdirSync(dist).map((folder) => {
      const target = join(this.checkout, ['argocd', 'root'].includes(folder) ? folder : `envs/${folder}`);
      const { code, out, error } = cli(['publish', join(dist, folder), '--to', target, '--format', 'markdown']);
      expect({ code, error }).toEqual({ code: 0, error: '' });
      return out;
    });
    this.commit();
    return summaries.join('\n');
  }

  /** Writes a file by hand; the next commit has it. */
  public writeFile(path: string, text: string): void {
    writeFileSync(join(this.checkout, path), text);
  }

  /** Commits and pushes what lies in the checkout. */
  public commit(): void {
    this.git('add', '--all');
    this.git('commit', '--quiet', '--message', 'Embeddings');
    this.git('push', '--quiet', 'origin', 'HEAD:main');
  }

  /** The manifests of a folder of the repository, as the directory of an Application reads them. */
  public committed(folder: string): Manifest[] {
    return this.git('ls-tree', '-r', '--name-only', 'origin/main', `${folder}/`)
      .trim()
      .split('\n')
      .filter((file) => file.endsWith('.k8s.yaml'))
      .flatMap((file) =>
        parseAllDocuments(this.git('show', `origin/main:${file}`)).map((document) => document.toJS() as Manifest),
      );
  }
}

/** The repository for the tests around the call. */
export function useManifestRepository(): () => ManifestRepository {
  let repository: ManifestRepository | undefined;
  beforeAll(() => {
    repository = new ManifestRepository();
  });
  afterAll(() => {
    repository?.remove();
  });
  return () => {
    if (repository === undefined) {
      throw new Error('the repository is not there yet');
    }
    return repository;
  };
}

/** The fields that a summary for a pull request names, with what happened to their objects. */
export function changesIn(summary: string): string[][] {
  return [...summary.matchAll(/^\| ([^|]*) \| ([^|]*) \| `([^`]*)` \|/gm)].map((match) => match.slice(1));
}
