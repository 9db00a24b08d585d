import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { defineConfig } from 'vitest/config';

// Tests run most code a few times: in Node 20, to optimize what is called often takes more processor time than it saves. Later ones
// have a cheaper compiler for that, and not this flag.
if (process.versions.node.startsWith('20.')) setFlagsFromString('--interrupt-budget=500000');

export default defineConfig({
  resolve: {
    alias: { 'cdk8s-nim': fileURLToPath(new URL('lib/index.ts', import.meta.url)) },
  },
  test: {
    include: ['test/**/*.test.ts', 'examples/**/*.test.ts'],
    exclude: [
      '**/node_modules/**',
      'test/schemas/**',
      'test/edge/**',
      'test/consumer/**',
      'test/packets/**',
      'test/cluster/**',
    ],
    setupFiles: ['test/support/property-seed.ts'],
    // Tests share no state, and loading cdk8s once per file would be most of the time.
    isolate: false,
    // They ask the main process for thousands of modules: that takes less time from threads than from processes.
    pool: 'threads',
    // What has not changed since the last run is not transformed again.
    experimental: { fsModuleCache: true },
    // Also on two cores: once the sources are transformed, the main process only waits.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    // A busy machine makes a test slow, not wrong.
    testTimeout: 300_000,
    hookTimeout: 300_000,
  },
});
