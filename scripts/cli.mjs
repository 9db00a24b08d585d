// Runs the command of the package from its sources, without a build: node scripts/cli.mjs <command> …
import { fileURLToPath } from 'node:url';
import { exitWithError, runProgram } from './program.mjs';

process.on('uncaughtException', exitWithError);
try {
  await runProgram(fileURLToPath(new URL('../lib/cli/main.ts', import.meta.url)));
} catch (error) {
  exitWithError(error);
}
