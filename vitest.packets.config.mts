import { defineConfig, mergeConfig } from 'vitest/config';
import base from './vitest.config.mjs';

export default mergeConfig(
  { ...base, test: { ...base.test, include: [], exclude: [] } },
  defineConfig({
    test: {
      include: ['test/packets/**/*.test.ts'],
      globalSetup: ['test/packets/namespaces.ts'],
      pool: 'forks',
      testTimeout: 180_000,
      hookTimeout: 180_000,
    },
  }),
);
