/**
 * Runs the mutation tests, folder by folder: docs/mutation.md.
 *
 *   npm run test:mutation                            lib/secrets, lib/nim, lib/manifests and lib/guardrails
 *   npm run test:mutation -- secrets                 one of them
 *   npm run test:mutation -- nim --mutate <files>    options go to Stryker
 */
import { spawnSync } from 'node:child_process';

const FOLDERS = ['secrets', 'nim', 'manifests', 'guardrails'];

const options = process.argv.slice(2);
const chosen = FOLDERS.includes(options[0]) ? [options.shift()] : FOLDERS;

for (const folder of chosen) {
  const { status } = spawnSync('stryker', ['run', ...options], {
    stdio: 'inherit',
    shell: process.platform === 'win32',
    env: { ...process.env, MUTATION_FOLDER: folder },
  });
  if (status !== 0) process.exitCode = 1;
}
