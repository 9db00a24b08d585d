import { JsonPatch } from 'cdk8s';
import type { ArgoCdProject } from 'cdk8s-nim';
import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { argoCdApplication } from '../support/argo-cd';
import { at, find, render, testChart } from '../support/manifests';
import { filesIn, withDirectory } from '../support/programs';

interface Plugin {
  readonly spec: { readonly generate: { readonly command: string[]; readonly args: string[] } };
}

const EXAMPLE = 'examples/argocd';
const { generate } = (parse(readFileSync(join(EXAMPLE, 'plugin/plugin.yaml'), 'utf8')) as Plugin).spec;

/** What a project that has installed the package would run. */
const NPM = `#!/bin/sh
CDK8S_OUTDIR=dist exec node '${resolve('scripts/run.mjs')}' main.ts
`;
const NPX = `#!/bin/sh
shift 2
exec node '${resolve('scripts/cli.mjs')}' "$@"
`;

/** Runs the command of the plugin in a project with the program, as Argo CD does. */
function run(environment: string | undefined, change = (text: string): string => text): ReturnType<typeof spawnSync> {
  return withDirectory((directory) => {
    mkdirSync(join(directory, 'bin'));
    for (const [name, text] of [
      ['npm', NPM],
      ['npx', NPX],
    ] as const) {
      writeFileSync(join(directory, 'bin', name), text);
      chmodSync(join(directory, 'bin', name), 0o755);
    }
    symlinkSync(resolve('node_modules'), join(directory, 'node_modules'));
    cpSync(join(EXAMPLE, 'main.ts'), join(directory, 'main.ts'));
    writeFileSync(join(directory, 'main.ts'), change(readFileSync(join(directory, 'main.ts'), 'utf8')));
    const [command = '', ...options] = [...generate.command, ...generate.args];
    return spawnSync(command, options, {
      cwd: directory,
      encoding: 'utf8',
      env: {
        PATH: `${join(directory, 'bin')}:${process.env['PATH']}`,
        HOME: directory,
        ...(environment === undefined ? {} : { ARGOCD_ENV_ENVIRONMENT: environment }),
      },
    });
  });
}

describe('the plugin of Argo CD', () => {
  it('prints the manifests of its environment, and nothing else', () => {
    const { stdout, status } = run('staging');
    expect(status).toBe(0);
    const committed = Object.values(filesIn(join(EXAMPLE, 'rendered/staging'))).map((text) => parse(text) as unknown);
    expect(parseAllDocuments(String(stdout)).map((document) => document.toJS() as unknown)).toEqual(committed);
  });

  it.each<[string, string | undefined, ((text: string) => string) | undefined, string]>([
    ['without an environment', undefined, undefined, 'write it into spec.source.plugin.env'],
    ['with one that does not exist', '../staging', undefined, 'CDK8S_ENVIRONMENT: there is no "../staging"'],
    [
      'when the rules refuse what is rendered',
      'staging',
      (text) =>
        text
          .replace('Guardrails.of(app);', '')
          .replace('new TextEmbeddingNim(', 'const nim = new TextEmbeddingNim(')
          .replace('import { App, Chart,', 'import { App, Chart, JsonPatch,')
          .replace(
            '  new ArgoCdApplication(argoCd, `',
            "  nim.service.service.addJsonPatch(JsonPatch.add('/spec/type', 'NodePort'));\n  new ArgoCdApplication(argoCd, `",
          ),
      'service-only-api-port',
    ],
  ])('fails %s, and prints nothing', (_, environment, change, message) => {
    const { stdout, stderr, status } = run(environment, change);
    expect(String(stderr)).toContain(message);
    expect({ status: status === 0, stdout }).toEqual({ status: false, stdout: '' });
  });

  it('needs a project that allows the repository of the program: a patch of ours does', () => {
    const argoCd = testChart({ namespace: 'argocd' });
    const { node } = argoCdApplication({}, {}, argoCd);
    const project = node.scope?.node.findChild('embeddings') as ArgoCdProject;
    project.project.addJsonPatch(JsonPatch.add('/spec/sourceRepos/-', 'https://git.example.com/search/embeddings.git'));
    expect(at(find(render(argoCd), 'AppProject'), 'spec.sourceRepos')).toEqual([
      project.repository,
      'https://git.example.com/search/embeddings.git',
    ]);
  });
});
