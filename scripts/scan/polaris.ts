import type { RawFinding } from './finding';

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
