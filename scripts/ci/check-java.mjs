// Compiles the Java sources of the package. Maven's index lacks cdk8s-plus-28, so those of the peers are made too, from their npm
// packages, and all of them are compiled as one project. Usage: node scripts/ci/check-java.mjs
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { JSII_ENVIRONMENT } from '../jsii-environment.mjs';

const { peerDependencies } = JSON.parse(readFileSync('package.json', 'utf8'));
const work = mkdtempSync(join(tmpdir(), 'cdk8s-nim-java-'));
process.on('exit', () => rmSync(work, { recursive: true, force: true }));

const options = ['--no-npmignore', '--code-only', '--targets', 'java', '--outdir', work];
// One after the other: in one run, all of them would write the file of the project at once.
for (const project of [...Object.keys(peerDependencies).map((name) => join('node_modules', name)), '.']) {
  execFileSync(process.execPath, ['node_modules/jsii-pacmak/bin/jsii-pacmak', project, ...options], {
    stdio: 'inherit',
    env: { ...JSII_ENVIRONMENT, npm_config_ignore_scripts: 'true' },
  });
}

// The project of this package, without what stands beside it.
const pom = join(work, 'java', 'pom.xml');
const OF_PEERS = /<dependency>\s*<groupId>(org\.cdk8s|software\.constructs)<\/groupId>.*?<\/dependency>/gs;
writeFileSync(pom, readFileSync(pom, 'utf8').replaceAll(OF_PEERS, ''));
execFileSync('mvn', ['--quiet', '--batch-mode', '--file', pom, 'compile'], { stdio: 'inherit' });
console.log('the Java sources compile');
