import { execFileSync } from 'node:child_process';

/** Runs a command that is silent unless it fails, and gives what it prints. */
export function run(
  command: string,
  args: readonly string[],
  directory: string,
  environment: Record<string, string> = {},
): string {
  const env = { ...process.env, ...environment };
  return execFileSync(command, args, {
    cwd: directory,
    env,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    maxBuffer: 2 ** 28,
  });
}
