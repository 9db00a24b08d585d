/**
 * Builds the components of the test cluster that are not there yet.
 *
 *   npm run cluster:install                 the core: what `npm run test:cluster` needs
 *   npm run cluster:install -- <name> …     the named ones
 *   npm run cluster:install -- --all        everything
 *   CLUSTER_TOOLS_DIR=<directory>           installs there instead of ~/.cache/cdk8s-nim-cluster
 */
import { installAll, wanted } from '../tools/install';
import { COMPONENTS, TOOLS } from './tools';

// node scripts/run.mjs scripts/cluster/install.ts <name> …
const names = process.argv.slice(3);
installAll(COMPONENTS, wanted(TOOLS, names.includes('--all') ? Object.keys(TOOLS) : names));
