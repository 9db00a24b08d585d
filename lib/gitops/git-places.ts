import { invalid } from '../common/invalid';
import { literalSecretIn } from '../common/literal-secrets';
import { requireRelativePath } from '../common/names';

/** `https://host/path`, `ssh://git@host/path` or `git@host:path`, and nothing that Argo CD would take for a pattern. */
const REPOSITORY = /^(https:\/\/[\w.-]+(:\d+)?|ssh:\/\/[\w.-]+@[\w.-]+(:\d+)?|[\w.-]+@[\w.-]+:)[\w./~-]+$/;
const SHA = /^[0-9a-f]{7,40}$/;

/** Refuses what is no URL of one Git repository, and credentials in it. */
export function requireRepository(what: string, repository: string): string {
  if (!REPOSITORY.test(repository) || literalSecretIn(repository) !== undefined) {
    throw invalid({
      what,
      value: repository,
      because:
        'it is the URL of one Git repository, without credentials, which Argo CD keeps in Secrets of its own, and without patterns',
      instead:
        'write for example "https://git.example.com/platform/manifests.git" or "git@git.example.com:platform/manifests.git"',
    });
  }
  return repository;
}

/** Refuses a folder that is not below the root of the repository: that of the Applications would be in it. */
export function requireFolder(what: string, path: string): string {
  return requireRelativePath(what, path);
}

/** Refuses a revision that Git could not have, and a commit, which no commit could change. */
export function requireRevision(what: string, revision: string): string {
  if (!/^[\w][\w./-]*$/.test(revision) || revision.includes('..') || SHA.test(revision)) {
    throw invalid({
      what,
      value: revision,
      because: 'it is a branch or a tag; with the hash of a commit nothing that is published later would be synced',
      instead: 'write for example "main"',
    });
  }
  return revision;
}
