/**
 * Makes the package of another language from what `npm run build` made, with jsii-pacmak, in packages/<language>/.
 * Usage: node scripts/package.mjs <language> [--with-peers]
 *
 * Python needs Python and pip, Go needs Go, Java needs Maven and a JDK. Go and Java are compiled against their packages of cdk8s;
 * where the package index has none, --with-peers makes those too, from the npm packages of the peers.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { JSII_ENVIRONMENT } from './jsii-environment.mjs';

const { jsii, peerDependencies } = JSON.parse(readFileSync('package.json', 'utf8'));
const languages = Object.keys(jsii.targets);
const [language, ...options] = process.argv.slice(2);

if (!languages.includes(language) || options.some((option) => option !== '--with-peers')) {
  console.error(`usage: node scripts/package.mjs ${languages.join('|')} [--with-peers]`);
  process.exit(1);
}

const peers = Object.keys(peerDependencies).map((name) => join('node_modules', name));
const projects = ['.', ...(options.length > 0 ? peers : [])];

rmSync(join(jsii.outdir, language), { recursive: true, force: true });
const { status } = spawnSync(
  process.execPath,
  [
    'node_modules/jsii-pacmak/bin/jsii-pacmak',
    ...projects,
    '--no-npmignore',
    '--targets',
    language,
    '--outdir',
    jsii.outdir,
  ],
  {
    stdio: 'inherit',
    // It packs what is built, and must not build it again.
    env: { ...JSII_ENVIRONMENT, npm_config_ignore_scripts: 'true' },
  },
);
process.exitCode = status ?? 1;
if (status !== 0 && language !== 'python' && options.length === 0) {
  console.error(
    `error: where the package index lacks the peers, make them too: npm run package:${language} -- --with-peers`,
  );
}
