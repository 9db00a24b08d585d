import type { RawFinding } from './finding';
import type { Scanner } from './scanner';

export const KUBE_SCORE = {
  tool: {
    name: 'kube-score',
    version: 'v1.20.0',
    source: { goModule: 'github.com/zegl/kube-score', goPackage: 'github.com/zegl/kube-score/cmd/kube-score' },
  },
  checks:
    'resources, probes, security contexts, network policies, disruption budgets; whether objects refer to each other',
  scan: ({ file, run }) => kubeScoreFindings(run(kubeScoreArguments(file))),
} as const satisfies Scanner;

/** The grade of a passed check. */
const ALL_OK = 10;

interface ScoredObject {
  readonly object_name: string;
  readonly object_meta: { readonly name: string };
  readonly type_meta: { readonly kind: string };
  readonly checks: readonly {
    readonly check: { readonly id: string };
    readonly grade: number;
    readonly skipped: boolean;
    readonly comments: readonly { readonly path: string; readonly summary: string }[] | null;
  }[];
}

/** Every check, the optional ones too; annotations in the manifests cannot turn one off. */
export function kubeScoreArguments(file: string): string[] {
  return [
    'score',
    '--all-default-optional',
    '--disable-ignore-checks-annotations',
    '--disable-optional-checks-annotations',
    '--kubernetes-version=v1.28',
    '--output-format=json',
    file,
  ];
}

/** Warnings and critical results alike; `null` where there is no object of a kind that it knows. */
export function kubeScoreFindings(output: string): RawFinding[] {
  return ((JSON.parse(output) as ScoredObject[] | null) ?? []).flatMap(({ type_meta, object_meta, checks }) =>
    checks
      .filter(({ grade, skipped }) => !skipped && grade < ALL_OK)
      .map(({ check, comments }) => ({
        check: check.id,
        object: `${type_meta.kind}/${object_meta.name}`,
        detail: (comments ?? []).map(({ path, summary }) => [path, summary].filter(Boolean).join(': ')).join('; '),
      })),
  );
}
