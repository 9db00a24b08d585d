// Checks what `npm pack --json` reports: only files that a consumer needs, no package beyond the peers and `yaml`, and a size that
// nobody minds to download.
// Usage: node scripts/ci/check-package.mjs <report>
import { readFileSync } from 'node:fs';

const MAX_SIZE = 1_300_000;
const ALLOWED = [
  /^(package\.json|README\.md|LICENSE|(CHANGELOG|CONTRIBUTING|SECURITY)\.md|docs\/(api\/)?([a-z-]+|README)\.md|docs\/production\.svg)$/,
  /^build\/(lib|imports)\/.+\.(js|d\.ts)$/,
  /^\.jsii$/,
  /^node_modules\/yaml\//,
];
const REQUIRED = [
  'package.json',
  'README.md',
  'LICENSE',
  '.jsii',
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
  ...(size <= MAX_SIZE ? [] : [`the package has ${size} bytes, more than ${MAX_SIZE}`]),
  ...(Object.keys(manifest.dependencies).join() === 'yaml' && manifest.bundleDependencies.join() === 'yaml'
    ? []
    : ['package.json must have one dependency, which is bundled as jsii asks: yaml']),
  ...(Object.keys(manifest.optionalDependencies ?? {}).length === 0
    ? []
    : ['package.json must not have optionalDependencies']),
];
for (const problem of problems) console.error(problem);
console.log(
  `${paths.length} files, ${Math.round(size / 1024)} KB packed, ${Math.round(unpackedSize / 1024)} KB unpacked`,
);
process.exitCode = problems.length > 0 ? 1 : 0;
