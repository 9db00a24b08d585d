/**
 * Runs the tests on real components: npm run test:cluster [-- --all] [argument of vitest …]
 *
 *   --all                what is not built fails; without it only the core has to be there
 *   CRDS_DIR             directory of custom resource definitions, by default ../shared/crds
 *   CLUSTER_TOOLS_DIR    where `npm run cluster:install` put the components
 */
import { spawnSync } from 'node:child_process';

const given = process.argv.slice(2);
const { status } = spawnSync(
  process.execPath,
  [
    ...['node_modules/vitest/vitest.mjs', 'run', '--config', 'vitest.cluster.config.mts'],
    ...given.filter((argument) => argument !== '--all'),
  ],
  { stdio: 'inherit', env: { ...process.env, ...(given.includes('--all') ? { CLUSTER_ALL: '1' } : {}) } },
);
process.exit(status ?? 1);
