// Checks that the lockfile names no download host and that every package in it has a checksum.
import { readFileSync } from 'node:fs';

const text = readFileSync('package-lock.json', 'utf8');
const { packages } = JSON.parse(text);
const { '': root, ...installed } = packages;
const manifest = JSON.parse(readFileSync('package.json', 'utf8'));

const problems = [
  ...Object.entries(installed).flatMap(([path, entry]) => [
    ...(entry.resolved ? [`${path}: names where it is downloaded from`] : []),
    ...(entry.integrity || entry.inBundle ? [] : [`${path}: has no integrity`]),
  ]),
  ...(/https?:\/\/[^"/]*registry/.test(text) ? ['names a registry'] : []),
  ...(root.version === manifest.version
    ? []
    : [`is for version ${root.version}, package.json says ${manifest.version}`]),
];
for (const problem of problems) console.error(`package-lock.json ${problem}`);
console.log(`${Object.keys(installed).length} packages`);
process.exitCode = problems.length > 0 ? 1 : 0;
