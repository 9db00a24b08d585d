/// <reference types="node" />
import { parseArgs } from 'node:util';
import { kubernetesVersions } from '../manifests/kubernetes-versions';

/** What was asked for on the command line. */
export interface CheckArguments {
  readonly paths: readonly string[];
  readonly format: Format;
  readonly strict: boolean;
  readonly kubernetesVersion: string | undefined;
  readonly config: string | undefined;
  readonly exclude: readonly string[];
}

export const FORMATS = ['human', 'json', 'sarif'] as const;
export type Format = (typeof FORMATS)[number];

export const USAGE = `Usage: cdk8s-nim check [options] <folder, file or "-"> ...

Checks rendered Kubernetes manifests, whatever wrote them: cdk8s, Helm, kustomize, a person.
Folders are read whole, files named *.yaml, *.yml and *.json, hidden ones left out; "-" is the standard input.

  --format human|json|sarif     how findings are printed (human)
  --strict                      warnings fail too
  --kubernetes-version 1.30     check for one version (all supported ones)
  --config <file>               acknowledgements, see docs/guardrails.md
  --exclude <folder or file>    is not read; may be given more than once
  --version                     the version of the rules
  --help                        this text

Exit code: 0 nothing found, 1 errors (with --strict also warnings), 2 the command or an input is wrong.
`;

/** The arguments, what else was asked for, or what is wrong with them. */
export function parseArguments(
  args: readonly string[],
): CheckArguments | 'help' | 'version' | { readonly wrong: string } {
  let parsed;
  try {
    parsed = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        format: { type: 'string', default: 'human' },
        strict: { type: 'boolean', default: false },
        'kubernetes-version': { type: 'string' },
        config: { type: 'string' },
        exclude: { type: 'string', multiple: true, default: [] },
        version: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false, short: 'h' },
      },
    });
  } catch (error) {
    return { wrong: messageOf(error) };
  }
  const { values, positionals } = parsed;
  if (values.help) {
    return 'help';
  }
  if (values.version) {
    return 'version';
  }
  const [command, ...paths] = positionals;
  if (command !== 'check') {
    return { wrong: command === undefined ? 'no command was given' : `there is no command ${JSON.stringify(command)}` };
  }
  if (paths.length === 0) {
    return { wrong: 'check what? Name a folder or files' };
  }
  const format = FORMATS.find((known) => known === values.format);
  if (format === undefined) {
    return { wrong: `--format ${values.format}: write one of ${FORMATS.join(', ')}` };
  }
  try {
    kubernetesVersions('--kubernetes-version', values['kubernetes-version']);
  } catch (error) {
    return { wrong: messageOf(error) };
  }
  return {
    paths,
    format,
    strict: values.strict,
    kubernetesVersion: values['kubernetes-version'],
    config: values.config,
    exclude: values.exclude,
  };
}

/** The text of whatever was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
