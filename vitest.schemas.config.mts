import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { defineConfig, mergeConfig } from 'vitest/config';
import base from './vitest.config.mjs';

/** The absolute path of the directory that an environment variable names; ends the run when there is none. */
function directoryFromEnvironment(name: string): string {
  const value = process.env[name];
  if (!value || !existsSync(value)) {
    console.error(`error: ${name} must name a directory, got ${JSON.stringify(value ?? '')}`);
    process.exit(1);
  }
  return resolve(value);
}

export default mergeConfig(
  { ...base, test: { ...base.test, include: [], exclude: [] } },
  defineConfig({
    test: {
      include: ['test/schemas/**/*.test.ts'],
      testTimeout: 60_000,
      env: {
        CRDS_DIR: directoryFromEnvironment('CRDS_DIR'),
        KUBERNETES_SCHEMAS_DIR: directoryFromEnvironment('KUBERNETES_SCHEMAS_DIR'),
      },
    },
  }),
);
