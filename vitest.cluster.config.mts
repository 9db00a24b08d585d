import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { defineConfig, mergeConfig } from 'vitest/config';
import base from './vitest.config.mjs';

const definitions = resolve(process.env['CRDS_DIR'] ?? '../shared/crds');
if (!existsSync(definitions)) {
  console.error(`error: CRDS_DIR must name a directory of custom resource definitions, and there is no ${definitions}`);
  process.exit(1);
}

export default mergeConfig(
  { ...base, test: { ...base.test, include: [], exclude: [] } },
  defineConfig({
    test: {
      include: ['test/cluster/**/*.test.ts'],
      env: { CRDS_DIR: definitions },
      // Every file starts a control plane of its own, and a process that dies takes what it started with it.
      pool: 'forks',
      isolate: true,
      maxWorkers: 2,
      // Above what `eventually` waits for, which says what it was.
      testTimeout: 900_000,
      hookTimeout: 900_000,
    },
  }),
);
