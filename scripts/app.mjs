// What `cdk8s synth` runs: node scripts/app.mjs [program], by default main.ts of the current directory.
import { exitWithError, runProgram } from './program.mjs';

process.on('uncaughtException', exitWithError);
try {
  await runProgram(process.argv[2] ?? 'main.ts');
} catch (error) {
  exitWithError(error);
}
