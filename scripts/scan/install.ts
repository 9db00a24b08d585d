/**
 * Installs the scanners that are not there yet.
 *
 *   npm run scan:install                 those that are built within seconds
 *   npm run scan:install -- <name> …     the named ones
 *   SCAN_TOOLS_DIR=<directory>           installs there instead of ~/.cache/cdk8s-nim-scan
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { directoryOf, executableOf, type GoSource, type Tool, TOOLS } from './tools';

function run(command: string, args: string[], directory: string, environment: Record<string, string> = {}): void {
  const env = { ...process.env, ...environment };
  execFileSync(command, args, { cwd: directory, env, stdio: ['ignore', 'ignore', 'pipe'] });
}

/** In a module of its own, so that the versions of one scanner's dependencies do not decide another's. */
function build(directory: string, { name, version }: Tool, source: GoSource): void {
  const { goModule, goPackage, goReplacement, goSum = [], goExperiment } = source;
  run('go', ['mod', 'init', 'scanner'], directory);
  run('go', ['mod', 'edit', `-require=${goModule}@${version}`], directory);
  if (goReplacement !== undefined) {
    run('go', ['mod', 'edit', `-replace=${goModule}=${goReplacement}@${version}`], directory);
  }
  writeFileSync(join(directory, 'go.sum'), goSum.map((sum) => `${goModule} ${version}${sum}\n`).join(''));
  const experiment = goExperiment === undefined ? {} : { GOEXPERIMENT: goExperiment };
  run('go', ['build', '-mod=mod', '-o', join('bin', name), goPackage], directory, experiment);
}

function install(tool: Tool): void {
  const directory = directoryOf(tool);
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory, { recursive: true });
  try {
    if ('goModule' in tool.source) {
      build(directory, tool, tool.source);
    } else {
      run('python3', ['-m', 'venv', '.'], directory);
      run(join('bin', 'pip'), ['install', '--quiet', `${tool.source.pythonPackage}==${tool.version}`], directory);
    }
  } catch (error) {
    rmSync(directory, { recursive: true, force: true });
    throw error;
  }
}

/** The named scanners, or those that take no long time. */
function wanted(names: string[]): Tool[] {
  const tools: Record<string, Tool> = TOOLS;
  return names.length === 0
    ? Object.values(tools).filter(({ onDemand }) => onDemand !== true)
    : names.map((name) => {
        const tool = tools[name];
        if (tool === undefined) {
          throw new Error(`no scanner is called ${JSON.stringify(name)}: there are ${Object.keys(tools).join(', ')}`);
        }
        return tool;
      });
}

// node scripts/app.mjs scripts/scan/install.ts <name> …
for (const tool of wanted(process.argv.slice(3))) {
  const start = Date.now();
  const there = existsSync(executableOf(tool));
  if (!there) install(tool);
  const how = there ? 'is there' : `installed in ${((Date.now() - start) / 1000).toFixed(0)} s`;
  console.log(`${tool.name} ${tool.version}: ${how}`);
}
