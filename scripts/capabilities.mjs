/**
 * What every ingress controller can do, from the code, as Markdown.
 *
 *   npm run capabilities              prints it
 *   npm run capabilities -- --write   puts it into docs/ingress.md
 */
import { exitWithError, runProgram } from './program.mjs';

process.on('uncaughtException', exitWithError);
try {
  await runProgram('scripts/capabilities/program.ts');
} catch (error) {
  exitWithError(error);
}
