import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { type Tool, ToolCache } from '../tools/tool';
import { type Finding, normalise } from './finding';
import type { Render } from './renders';
import type { Scanner } from './scanner';

/** Where the scanners are. */
export const TOOL_CACHE = new ToolCache('SCAN_TOOLS_DIR', 'cdk8s-nim-scan');

/** Why a scanner cannot run here; `undefined` when it can. */
export function whySkipped({ tool, because }: Scanner): string | undefined {
  return existsSync(TOOL_CACHE.executableOf(tool))
    ? because?.()
    : `not installed: npm run scan:install${tool.onDemand === true ? ` -- ${tool.name}` : ''}`;
}

/** What a scanner finds in a render. It may keep files in the directory. */
export function runScanner({ tool, scan }: Scanner, { name, file }: Render, directory: string): Finding[] {
  return normalise(tool.name, name, scan({ file, directory, run: (args) => outputOf(tool, args) }));
}

/** What a scanner prints. Its exit code says whether it found something, which is not our question. */
function outputOf(tool: Tool, args: readonly string[]): string {
  const { stdout, stderr, error } = spawnSync(TOOL_CACHE.executableOf(tool), args, {
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  if (error !== undefined || stdout === '') {
    throw new Error(`${tool.name} printed nothing: ${error?.message ?? stderr}`);
  }
  return stdout;
}
