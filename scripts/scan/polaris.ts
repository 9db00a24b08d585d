import type { RawFinding } from './finding';
import type { Scanner } from './scanner';

export const POLARIS = {
  tool: {
    name: 'polaris',
    // Release 10.1.7. The module's path has no /v10, so Go takes a commit instead of the tag.
    version: 'v0.0.0-20260401181752-47c7deddfd66',
    source: {
      goModule: 'github.com/fairwindsops/polaris',
      goPackage: 'github.com/fairwindsops/polaris',
      // Equal to the hash of the files at the tag 10.1.7.
      goSum: [
        ' h1:3q+OuVEZ6xowXMVNtEd3XTxEt3X8tyuWZDsaOu72FvU=',
        '/go.mod h1:sx3fqGtcV96tr7MSchhRcbwBDJ0BLx1Le+ToTQpzfA4=',
      ],
    },
  },
  checks: 'every built-in check, of any severity',
  scan: ({ file, run }) => polarisFindings(run(polarisArguments(file))),
} as const satisfies Scanner;

type Results = Readonly<
  Record<string, { readonly ID: string; readonly Message: string; readonly Success: boolean }>
> | null;

interface Report {
  readonly Results: readonly {
    readonly Kind: string;
    readonly Name: string;
    readonly Results: Results;
    readonly PodResult?: {
      readonly Results: Results;
      readonly ContainerResults: readonly { readonly Results: Results }[];
    } | null;
  }[];
}

/** The checks that are built in, none of which is off; annotations in the manifests cannot turn one off. */
export function polarisArguments(file: string): string[] {
  return ['audit', `--audit-path=${file}`, '--disallow-exemptions', '--format=json'];
}

/** What fails, at whatever severity: of the object, of its pods and of their containers. */
export function polarisFindings(output: string): RawFinding[] {
  const { Results: objects } = JSON.parse(output) as Report;
  if (objects.length === 0) {
    throw new Error('polaris read no object');
  }
  return objects.flatMap(({ Kind, Name, Results: results, PodResult: pod }) =>
    [results, pod?.Results, ...(pod?.ContainerResults ?? []).map((container) => container.Results)]
      .flatMap((checks) => Object.values(checks ?? {}))
      .filter(({ Success }) => !Success)
      .map(({ ID, Message }) => ({ check: ID, object: `${Kind}/${Name}`, detail: Message })),
  );
}
