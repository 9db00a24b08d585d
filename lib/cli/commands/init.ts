/// <reference types="node" />
import { existsSync, lstatSync, mkdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { orWrongUse, WrongUse } from '../arguments';
import { type Command, ExitCode } from '../command';
import { CONTINUOUS_INTEGRATIONS, PROJECT_CONTROLLERS, type ProjectOptions } from '../init/options';
import { projectFiles } from '../init/project';
import { packageVersion, peerVersions } from '../version';

const USAGE = `Usage: cdk8s-nim init [options] <folder>

Makes a project of one's own that synthesizes at once and passes its own check: main.ts, cdk8s.yaml, package.json,
tsconfig.json, .gitignore and a CI file. It asks nothing and overwrites nothing. Then: npm install, npm run synth, npm run check.

  --host <name>                 the host of the front door (embeddings.example.com)
  --namespace <name>            where it runs (embeddings)
  --controller <name>           traefik, f5-nginx or ingress-nginx (traefik); others are in docs/ingress.md
  --issuer <name>               the ClusterIssuer of cert-manager (letsencrypt)
  --store <name>                the ClusterSecretStore of External Secrets (vault)
  --repository <url>            the Git repository that Argo CD reads: its Application is rendered into dist/argocd (none)
  --ci github|gitlab|none       which CI file is written (github)
  --name <name>                 of the package (the name of the folder)
  --package <version or file>   where cdk8s-nim comes from: a version, or a packed .tgz (the version of this command)
  --help                        this text

Exit code: 0 done, 2 the command is wrong, or a file is there already.
`;

/** A label of DNS, and a name of several. */
const LABEL = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;
const HOST = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)+$/;
/** What can stand in a program as it is; the program itself refuses what is no repository. */
const URL_TEXT = /^[\w.:@/~-]+$/;
const OBJECT = /^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$/;

/** Makes new projects. */
export const INIT_COMMAND: Command = {
  name: 'init',
  summary: "makes a project of one's own that synthesizes at once",
  usage: USAGE,
  run: (args, terminal) => {
    const { folder, options } = initArguments(args);
    const files = projectFiles(options, peerVersions());
    requireFree(folder, Object.keys(files));
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text, { flag: 'wx' });
      terminal.out(`+ ${join(folder, path)}\n`);
    }
    terminal.out(`Next: cd ${folder}, npm install, npm run synth, npm run check\n`);
    return ExitCode.FINE;
  },
};

function initArguments(args: readonly string[]): { readonly folder: string; readonly options: ProjectOptions } {
  const { values, positionals } = orWrongUse(() =>
    parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        host: { type: 'string', default: 'embeddings.example.com' },
        namespace: { type: 'string', default: 'embeddings' },
        controller: { type: 'string', default: 'traefik' },
        issuer: { type: 'string', default: 'letsencrypt' },
        store: { type: 'string', default: 'vault' },
        repository: { type: 'string' },
        ci: { type: 'string', default: 'github' },
        name: { type: 'string' },
        package: { type: 'string', default: `^${packageVersion()}` },
      },
    }),
  );
  const [folder, ...others] = positionals;
  if (folder === undefined || others.length > 0) {
    throw new WrongUse(`${positionals.length} folders are named: name the one of the new project`);
  }
  return {
    folder,
    options: {
      name: requireName('--name', values.name ?? basename(resolve(folder)).toLowerCase(), LABEL),
      namespace: requireName('--namespace', values.namespace, LABEL),
      host: requireName('--host', values.host, HOST),
      controller: requireOneOf('--controller', values.controller, keysOf(PROJECT_CONTROLLERS)),
      issuer: requireName('--issuer', values.issuer, OBJECT),
      store: requireName('--store', values.store, OBJECT),
      repository: values.repository === undefined ? undefined : requireUrl('--repository', values.repository),
      ci: requireOneOf('--ci', values.ci, CONTINUOUS_INTEGRATIONS),
      package: packageIn(folder, values.package),
    },
  };
}

function keysOf<Key extends string>(table: Readonly<Record<Key, unknown>>): Key[] {
  return Object.keys(table) as Key[];
}

function requireName(option: string, value: string, pattern: RegExp): string {
  if (!pattern.test(value)) {
    throw new WrongUse(
      `${option} ${value}: write a name of lower-case letters, digits and hyphens${pattern === LABEL ? '' : ', with dots between them'}`,
    );
  }
  return value;
}

function requireUrl(option: string, value: string): string {
  if (!URL_TEXT.test(value)) {
    throw new WrongUse(
      `${option} ${value}: write the URL of a Git repository, such as https://git.example.com/manifests.git`,
    );
  }
  return value;
}

function requireOneOf<Name extends string>(option: string, value: string, names: readonly Name[]): Name {
  const name = names.find((known) => known === value);
  if (name === undefined) {
    throw new WrongUse(`${option} ${value}: write one of ${names.join(', ')}`);
  }
  return name;
}

/** A packed package is named as it is seen from the new project. */
function packageIn(folder: string, named: string): string {
  if (!named.endsWith('.tgz')) {
    return named;
  }
  if (!existsSync(named)) {
    throw new WrongUse(`--package ${named}: there is no such file`);
  }
  return `file:${relative(folder, named).replaceAll('\\', '/')}`;
}

/** Refuses to write where something is. */
function requireFree(folder: string, paths: readonly string[]): void {
  const taken = paths.map((path) => join(folder, path)).filter((path) => lstatSync(path, { throwIfNoEntry: false }));
  if (taken.length > 0) {
    throw new Error(`${taken.join(', ')}: there already, and nothing is overwritten: name another folder`);
  }
}
