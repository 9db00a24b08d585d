// Runs the command of the package from its sources, without a build: node scripts/cli.mjs <command> …
import { exitWithError, runProgram } from './program.mjs';

process.on('uncaughtException', exitWithError);
try {
  await runProgram('lib/cli/main.ts');
} catch (error) {
  exitWithError(error);
}
