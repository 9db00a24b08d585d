import { defineConfig, mergeConfig } from 'vitest/config';
import base from './vitest.config.mjs';

// Debian puts nginx and haproxy where the PATH of an ordinary user does not reach.
process.env['PATH'] = `${process.env['PATH'] ?? ''}:/usr/sbin`;

export default mergeConfig(
  { ...base, test: { ...base.test, include: [], exclude: [] } },
  defineConfig({
    test: {
      include: ['test/edge/**/*.test.ts'],
      // A process that dies takes what it started with it.
      pool: 'forks',
      globalSetup: 'test/edge/global-setup.ts',
      // Most of a run is waiting for limits and timeouts.
      maxWorkers: 3,
      // Time is what some tests are about; the others get a generous limit, so that a slow machine does not fail them.
      testTimeout: 30_000,
      hookTimeout: 30_000,
    },
  }),
);
