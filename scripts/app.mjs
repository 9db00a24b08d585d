// What `cdk8s synth` runs: node scripts/app.mjs [program], by default main.ts of the current directory.
import { exitWithError, runProgram } from './program.mjs';
import { checkTypes } from './types.mjs';

const program = process.argv[2] ?? 'main.ts';
const types = checkTypes(program);
const exit = (error) => exitWithError(error, types);

process.on('uncaughtException', exit);
try {
  await runProgram(program);
} catch (error) {
  exit(error);
}
