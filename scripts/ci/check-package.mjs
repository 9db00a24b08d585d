// Checks what `npm pack --json` reports: only files that a consumer needs, and no package beyond the peers and `yaml`.
// Usage: node scripts/ci/check-package.mjs <report>
import { readFileSync } from 'node:fs';

const ALLOWED = [
  /^(package\.json|README\.md|LICENSE|(CHANGELOG|CONTRIBUTING|SECURITY)\.md|docs\/([a-z-]+|README)\.md)$/,
  /^build\/(lib|imports)\/.+\.(js|d\.ts)$/,
];
const REQUIRED = [
  'package.json',
  'README.md',
  'LICENSE',
  'build/lib/index.js',
  'build/lib/index.d.ts',
  'build/lib/cli/main.js',
];

const report = JSON.parse(readFileSync(process.argv[2], 'utf8'));
// A list, or in newer versions of npm an object by package name.
const [{ files, size, unpackedSize }] = Object.values(report);
const paths = files.map((file) => file.path);
const manifest = JSON.parse(readFileSync('package.json', 'utf8'));

const problems = [
  ...paths
    .filter((path) => !ALLOWED.some((pattern) => pattern.test(path)))
    .map((path) => `must not be packed: ${path}`),
  ...REQUIRED.filter((path) => !paths.includes(path)).map((path) => `is missing: ${path}`),
  ...(Object.keys(manifest.dependencies ?? {}).join() === 'yaml'
    ? []
    : ['package.json must have one dependency: yaml']),
  ...['optionalDependencies', 'bundleDependencies', 'bundledDependencies']
    .filter((field) => Object.keys(manifest[field] ?? {}).length > 0)
    .map((field) => `package.json must not have ${field}`),
];
for (const problem of problems) console.error(problem);
console.log(
  `${paths.length} files, ${Math.round(size / 1024)} KB packed, ${Math.round(unpackedSize / 1024)} KB unpacked`,
);
process.exitCode = problems.length > 0 ? 1 : 0;
