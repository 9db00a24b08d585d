import { chmodSync, existsSync, mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { buildGoPackage } from './go-package';
import { buildGoSource } from './go-source';
import { run } from './run';
import type { PythonPackage, Tool, ToolCache } from './tool';

/** Builds what is not there yet, and says what each took. One that cannot be built does not hold up the others. */
export function installAll(cache: ToolCache, tools: readonly Tool[]): void {
  const failed = tools.filter((tool) => {
    const start = Date.now();
    try {
      const there = existsSync(cache.executableOf(tool));
      if (!there) install(cache.directoryOf(tool), tool);
      const how = there ? 'is there' : `installed in ${((Date.now() - start) / 1000).toFixed(0)} s`;
      console.log(`${tool.name} ${tool.version}: ${how}`);
      return false;
    } catch (error) {
      console.log(`${tool.name} ${tool.version}: FAILED: ${error instanceof Error ? error.message : String(error)}`);
      return true;
    }
  });
  if (failed.length > 0) {
    throw new Error(`not installed: ${failed.map(({ name, version }) => `${name} ${version}`).join(', ')}`);
  }
}

/** The named tools, or those that do not take long. */
export function wanted(tools: Readonly<Record<string, Tool>>, names: readonly string[]): Tool[] {
  return names.length === 0
    ? Object.values(tools).filter(({ onDemand }) => onDemand !== true)
    : names.map((name) => {
        const tool = tools[name];
        if (tool === undefined) {
          throw new Error(`no tool is called ${JSON.stringify(name)}: there are ${Object.keys(tools).join(', ')}`);
        }
        return tool;
      });
}

function install(directory: string, tool: Tool): void {
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory, { recursive: true });
  try {
    build(directory, tool);
  } catch (error) {
    rmSync(directory, { recursive: true, force: true });
    throw error;
  }
}

function build(directory: string, tool: Tool): void {
  const { source } = tool;
  if ('goModule' in source) {
    buildGoPackage(directory, tool, source);
  } else if ('goSource' in source) {
    buildGoSource(directory, tool, source);
  } else {
    installPythonPackage(directory, tool, source);
  }
}

/** Installs in an environment of its own. */
function installPythonPackage(directory: string, { name, version }: Tool, source: PythonPackage): void {
  run('python3', ['-m', 'venv', '.'], directory);
  run(join('bin', 'pip'), ['install', '--quiet', `${source.pythonPackage}==${version}`], directory);
  if (source.program !== undefined) {
    const packages = run(
      join('bin', 'python'),
      ['-c', "import sysconfig; print(sysconfig.get_path('purelib'))"],
      directory,
    );
    const program = join(packages.trim(), source.program);
    chmodSync(program, 0o755);
    symlinkSync(program, join(directory, 'bin', name));
  }
}
