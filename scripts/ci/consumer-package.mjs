// Prints the package.json of a consumer project: the packed package, its peers and the compiler as the lockfile has them.
// Usage: node scripts/ci/consumer-package.mjs <tarball>
import { readFileSync } from 'node:fs';

const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8'));
const { peerDependencies } = JSON.parse(readFileSync('package.json', 'utf8'));
const locked = [...Object.keys(peerDependencies), 'typescript'];

const manifest = {
  name: 'consumer',
  private: true,
  dependencies: {
    'cdk8s-nim': `file:${process.argv[2]}`,
    ...Object.fromEntries(locked.map((name) => [name, packages[`node_modules/${name}`].version])),
  },
};
console.log(JSON.stringify(manifest, null, 2));
