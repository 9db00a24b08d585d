/**
 * Makes the package of another language from what `npm run build` made, with jsii-pacmak, in packages/<language>/.
 * Usage: node scripts/package.mjs <language>
 *
 * Python needs Python and pip, Go needs Go, Java needs Maven and a JDK: each package is built against its own cdk8s.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const { jsii } = JSON.parse(readFileSync('package.json', 'utf8'));
const languages = Object.keys(jsii.targets);
const language = process.argv[2];

if (!languages.includes(language)) {
  console.error(`error: there is no package for ${language ?? 'no language'}: name ${languages.join(' or ')}`);
  process.exit(1);
}

rmSync(join(jsii.outdir, language), { recursive: true, force: true });
const pacmak = ['node_modules/jsii-pacmak/bin/jsii-pacmak', '--no-npmignore', '--targets', language];
const { status } = spawnSync(process.execPath, pacmak, {
  stdio: 'inherit',
  // It packs what is built, and must not build it again.
  env: { ...process.env, npm_config_ignore_scripts: 'true', JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: '20' },
});
process.exitCode = status ?? 1;
