/**
 * Generates imports/: the types of the custom resources that the library renders, one file per kind.
 *
 *   npm run import              reads each definition from its pinned address
 *   npm run import -- --check   compares instead of writing; exit code 1 on a difference
 *   CRDS_DIR=<directory>        reads the definitions from files named <group>_<plural>.yaml instead
 */
import { exitWithError, runProgram } from './program.mjs';

process.on('uncaughtException', exitWithError);
try {
  await runProgram('scripts/import/import.ts');
} catch (error) {
  exitWithError(error);
}
