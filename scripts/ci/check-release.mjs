// Refuses to publish what is no release yet: npm runs it before `npm publish`, and the release workflow first of all.
// Usage: node scripts/ci/check-release.mjs [tag]
import { readFileSync } from 'node:fs';

const read = (path) => readFileSync(path, 'utf8');
const manifest = JSON.parse(read('package.json'));
const { version, repository, jsii } = manifest;
const [tag] = process.argv.slice(2);

/** Names under `.invalid` stand for places that the maintainers have not chosen yet; nobody can own one. */
const PLACES = {
  'repository.url': repository.url,
  'jsii.targets.go.moduleName': jsii.targets.go.moduleName,
  'jsii.targets.java.package': jsii.targets.java.package,
  'jsii.targets.java.maven.groupId': jsii.targets.java.maven.groupId,
};
const isPlaceholder = (name) => /(^|[./])invalid([./]|$)/.test(name);

const problems = [
  ...Object.entries(PLACES)
    .filter(([, name]) => isPlaceholder(name))
    .map(([field, name]) => `package.json ${field}: "${name}" is a placeholder; write the place of the project`),
  ...(tag === undefined || tag === `v${version}`
    ? []
    : [`the tag ${tag} is not v${version}, the version in package.json`]),
  ...(JSON.parse(read('package-lock.json')).version === version
    ? []
    : ['package-lock.json has another version than package.json; run npm install']),
  ...(new RegExp(`^## ${version.replaceAll('.', '\\.')} \\(\\d{4}-\\d{2}-\\d{2}\\)$`, 'm').test(read('CHANGELOG.md'))
    ? []
    : [`CHANGELOG.md has no heading "## ${version} (YYYY-MM-DD)", the day of the release`]),
];
for (const problem of problems) console.error(problem);
console.log(problems.length === 0 ? `ready to publish ${version}` : 'not a release, see docs/release.md');
process.exitCode = problems.length === 0 ? 0 : 1;
