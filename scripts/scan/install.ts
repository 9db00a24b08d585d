/**
 * Installs the scanners that are not there yet.
 *
 *   npm run scan:install                 those that are built within seconds
 *   npm run scan:install -- <name> …     the named ones
 *   SCAN_TOOLS_DIR=<directory>           installs there instead of ~/.cache/cdk8s-nim-scan
 */
import { installAll, wanted } from '../tools/install';
import { TOOL_CACHE } from './run-scanner';
import { SCANNERS } from './scanners';

const tools = Object.fromEntries(SCANNERS.map(({ tool }) => [tool.name, tool]));

// node scripts/run.mjs scripts/scan/install.ts <name> …
installAll(TOOL_CACHE, wanted(tools, process.argv.slice(3)));
