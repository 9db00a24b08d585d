import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { withDirectory } from '../support/programs';

const RELEASE = {
  manifest: {
    version: '1.2.3',
    repository: { url: 'https://git.example.com/cdk8s-nim.git' },
    jsii: {
      targets: {
        go: { moduleName: 'git.example.com/go' },
        java: { package: 'com.example', maven: { groupId: 'com.example' } },
      },
    },
  },
  lock: { version: '1.2.3' },
  changelog: '# Changelog\n\n## 1.2.3 (2026-11-29)\n',
};

/** How the check ends for a project, and what it prints. */
function check(
  project: Partial<typeof RELEASE>,
  tag = 'v1.2.3',
): { readonly status: number | null; readonly error: string } {
  const { manifest, lock, changelog } = { ...RELEASE, ...project };
  return withDirectory((cwd) => {
    writeFileSync(join(cwd, 'package.json'), JSON.stringify(manifest));
    writeFileSync(join(cwd, 'package-lock.json'), JSON.stringify(lock));
    writeFileSync(join(cwd, 'CHANGELOG.md'), changelog);
    const script = join(__dirname, '../../scripts/ci/check-release.mjs');
    const { status, stderr } = spawnSync(process.execPath, [script, tag], { cwd, encoding: 'utf8' });
    return { status, error: stderr };
  });
}

describe('the check before a release', () => {
  it('lets a release pass', () => {
    expect(check({})).toEqual({ status: 0, error: '' });
  });

  it('refuses a place that is a placeholder', () => {
    const repository = { url: 'https://cdk8s-nim.invalid/cdk8s-nim.git' };
    expect(check({ manifest: { ...RELEASE.manifest, repository } })).toEqual({
      status: 1,
      error:
        'package.json repository.url: "https://cdk8s-nim.invalid/cdk8s-nim.git" is a placeholder; write the place of the project\n',
    });
  });

  it('refuses a tag of another version', () => {
    const error = 'the tag v1.2.4 is not v1.2.3, the version in package.json\n';
    expect(check({}, 'v1.2.4')).toEqual({ status: 1, error });
  });

  it('refuses a lockfile of another version', () => {
    const error = 'package-lock.json has another version than package.json; run npm install\n';
    expect(check({ lock: { version: '1.2.2' } })).toEqual({ status: 1, error });
  });

  it('refuses a changelog without the day of the release', () => {
    const error = 'CHANGELOG.md has no heading "## 1.2.3 (YYYY-MM-DD)", the day of the release\n';
    expect(check({ changelog: '## 1.2.3 (unreleased)\n' })).toEqual({ status: 1, error });
  });
});
