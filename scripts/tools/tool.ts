import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

/** Where a tool comes from. */
export type Source = GoPackage | GoSource | PythonPackage;

/** A package of a public Go module, built as a dependency of an empty module. */
export interface GoPackage {
  readonly goModule: string;
  readonly goPackage: string;
  /** Where the module is taken from, when that is not its own path. */
  readonly goReplacement?: string;
  /** The module's lines of go.sum, after path and version: for when the public checksum database may not know this version. */
  readonly goSum?: readonly string[];
  readonly goExperiment?: string;
  /** Build tags, which leave out what the program does not need here. */
  readonly goTags?: readonly string[];
}

/** A package of a public Go module, built in a copy of its source: with the versions and replacements of its own go.mod. */
export interface GoSource {
  readonly goSource: string;
  readonly goPackage: string;
  /** The version of the modules that go.mod takes from the same repository, which the module itself does not carry. */
  readonly neighbours?: string;
  /** Files of ours that are put into the copy: path there, and path here. */
  readonly files?: Readonly<Record<string, string>>;
  /** Modules that it is built with in place of those of its go.mod: path, and path with version. */
  readonly replacements?: Readonly<Record<string, string>>;
  /** Modules of its go.mod of which some files are ours: path of the module, then path of the file there, and path here. */
  readonly dependencyFiles?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Variables that a release sets when it is linked. */
  readonly variables?: Readonly<Record<string, string>>;
  /** Directories of the source that the program or its tests need, by their path there. */
  readonly kept?: readonly string[];
}

export interface PythonPackage {
  readonly pythonPackage: string;
  /** The program inside the package, where it installs no command of the tool's name. */
  readonly program?: string;
}

/** A tool at one version. */
export interface Tool {
  readonly name: string;
  readonly version: string;
  readonly source: Source;
  /** Installed only when asked for by name: it takes many minutes. */
  readonly onDemand?: boolean;
}

/** A directory outside of the checkout. */
export class ToolCache {
  /**
   * @param variable the environment variable that names the directory
   * @param folder its name below ~/.cache without that variable
   */
  public constructor(
    private readonly variable: string,
    private readonly folder: string,
  ) {}

  /** The directory of one version of a tool: another version never takes its place, nor one with other files of ours. */
  public directoryOf({ name, version, source }: Tool): string {
    const tools = process.env[this.variable] ?? join(homedir(), '.cache', this.folder);
    return resolve(tools, [name, version, ...ownFiles(source)].join('-'));
  }

  public executableOf(tool: Tool): string {
    return join(this.directoryOf(tool), 'bin', tool.name);
  }

  /** A directory of the source that is kept beside the program. */
  public keptOf(tool: Tool, path: string): string {
    return join(this.directoryOf(tool), 'kept', path);
  }
}

/** What tells the files of ours in a source from earlier ones; nothing where there are none. */
function ownFiles(source: Source): string[] {
  if (!('goSource' in source)) {
    return [];
  }
  const { files = {}, dependencyFiles = {} } = source;
  const all = [files, ...Object.values(dependencyFiles)].flatMap((paths) => Object.values(paths));
  const hash = createHash('sha256');
  all.forEach((file) => hash.update(readFileSync(file)));
  return all.length === 0 ? [] : [hash.digest('hex').slice(0, 8)];
}
