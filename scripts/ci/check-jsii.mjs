// Compiles the library with jsii, as Python, Go and Java will get it: the public API stays inside the types that all of them
// have, and no member that is internal shows in the published types. In a copy, because jsii writes beside its sources.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const directory = mkdtempSync(join(tmpdir(), 'cdk8s-nim-jsii-'));
process.on('exit', () => rmSync(directory, { recursive: true, force: true }));
for (const path of ['lib', 'imports', 'README.md', 'LICENSE', 'tsconfig.json', 'tsconfig.build.json']) {
  cpSync(path, join(directory, path), { recursive: true });
}
symlinkSync(resolve('node_modules'), join(directory, 'node_modules'), 'junction');

const manifest = JSON.parse(readFileSync('package.json', 'utf8'));
const forJsii = {
  ...manifest,
  author: { name: 'the maintainers' },
  repository: { type: 'git', url: 'https://example.com/cdk8s-nim.git' },
  bundledDependencies: Object.keys(manifest.dependencies),
  // Our own tsconfig is stricter than the one that jsii would write, and strips what is internal.
  jsii: { targets: {}, tsconfig: 'tsconfig.build.json', validateTsconfig: 'minimal' },
};
writeFileSync(join(directory, 'package.json'), JSON.stringify(forJsii));

// Two warnings that are no news: `namespace` is a word of C#, and the peers are developed with newer versions than their floors.
const silenced = ['--silence-warnings', 'reserved-word', 'metadata/missing-dev-dependency'];
const jsii = resolve('node_modules/jsii/bin/jsii');
const { status } = spawnSync(process.execPath, [jsii, '--fail-on-warnings', ...silenced], {
  cwd: directory,
  stdio: 'inherit',
  env: { ...process.env, JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: '20' },
});
if (status !== 0) process.exit(1);

const types = readdirSync(join(directory, 'build'), { recursive: true }).filter((file) => file.endsWith('.d.ts'));
const shown = types.filter((file) => /^ +([a-z]+ )*_[a-z]/m.test(readFileSync(join(directory, 'build', file), 'utf8')));
for (const file of shown) console.error(`${file} shows a member that is internal`);
console.log(`${types.length} files of types`);
process.exitCode = shown.length > 0 ? 1 : 0;
