import { readFileSync } from 'node:fs';
import type { RawFinding } from './finding';
import type { Scanner } from './scanner';

export const KUBE_LINTER = {
  tool: {
    name: 'kube-linter',
    version: 'v0.8.3',
    source: {
      goModule: 'golang.stackrox.io/kube-linter',
      goPackage: 'golang.stackrox.io/kube-linter/cmd/kube-linter',
      // The same source, from where it is kept: not every module proxy serves the host of the module's own path.
      goReplacement: 'github.com/stackrox/kube-linter',
    },
  },
  checks: 'every built-in check but `schema-validation`, which is kubeconform of the same version',
  scan: ({ file, run }) => kubeLinterFindings(run(kubeLinterArguments(file)), readFileSync(file, 'utf8')),
} as const satisfies Scanner;

interface Report {
  readonly Reports:
    | readonly {
        readonly Check: string;
        readonly Diagnostic: { readonly Message: string };
        readonly Object: {
          readonly K8sObject: { readonly Name: string; readonly GroupVersionKind: { readonly Kind: string } };
        };
      }[]
    | null;
}

/** Every check but `schema-validation`: that one is kubeconform, which runs by itself, and downloads schemas. */
export function kubeLinterArguments(file: string): string[] {
  return [
    'lint',
    '--do-not-auto-add-defaults',
    '--add-all-built-in',
    '--exclude=schema-validation',
    '--fail-if-no-objects-found',
    '--format=json',
    file,
  ];
}

/** `manifests` is the text that kube-linter read: no flag makes it disregard annotations that turn checks off. */
export function kubeLinterFindings(output: string, manifests: string): RawFinding[] {
  const [annotation] = /\S*kube-linter\.io\/\S*/.exec(manifests) ?? [];
  if (annotation !== undefined) {
    throw new Error(`an annotation turns checks of kube-linter off, list the findings instead: ${annotation}`);
  }
  return ((JSON.parse(output) as Report).Reports ?? []).map(({ Check, Diagnostic, Object: { K8sObject } }) => ({
    check: Check,
    object: `${K8sObject.GroupVersionKind.Kind}/${K8sObject.Name}`,
    detail: Diagnostic.Message,
  }));
}
