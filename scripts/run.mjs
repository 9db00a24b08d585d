// Runs a TypeScript program without a check of its types: node scripts/run.mjs <program>
import { exitWithError, runProgram } from './program.mjs';

process.on('uncaughtException', exitWithError);
try {
  await runProgram(process.argv[2]);
} catch (error) {
  exitWithError(error);
}
