/**
 * Writes docs/api/, the reference of the public API in each language, from what `npm run build` made of the docstrings.
 *
 *   npm run docs:api               builds, and writes the pages
 *   node scripts/api.mjs --check   compares the pages with what was built; exit code 1 where one differs
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { JSII_ENVIRONMENT } from './jsii-environment.mjs';

const LANGUAGES = ['typescript', 'python'];
const ORIGIN = '<!-- Made from the docstrings by `npm run docs:api`; never edited by hand. -->\n\n';

/** The page of each language, by its path. */
function pages() {
  const directory = mkdtempSync(join(tmpdir(), 'cdk8s-nim-api-'));
  try {
    const docgen = ['node_modules/jsii-docgen/bin/jsii-docgen', '--output', join(directory, 'api.md')];
    const { status } = spawnSync(process.execPath, [...docgen, ...LANGUAGES.flatMap((one) => ['--language', one])], {
      stdio: 'inherit',
      env: JSII_ENVIRONMENT,
    });
    if (status !== 0) process.exit(1);
    return LANGUAGES.map((language) => {
      const text = readFileSync(join(directory, `api.${language}.md`), 'utf8');
      return { path: `docs/api/${language}.md`, content: ORIGIN + text.replace(/[ \t]+$/gm, '').replace(/\n+$/, '\n') };
    });
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

const made = pages();
if (process.argv.includes('--check')) {
  const stale = made.filter(({ path, content }) => readFileSync(path, 'utf8') !== content);
  for (const { path } of stale) console.error(`${path} is not what the docstrings say: npm run docs:api`);
  console.log(`${made.length} pages`);
  process.exitCode = stale.length > 0 ? 1 : 0;
} else {
  mkdirSync('docs/api', { recursive: true });
  for (const { path, content } of made) writeFileSync(path, content);
  console.log(made.map(({ path }) => path).join('\n'));
}
