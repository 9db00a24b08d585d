import type { RawFinding } from './finding';
import type { Scanner } from './scanner';

export const CHECKOV = {
  tool: { name: 'checkov', version: '3.3.13', source: { pythonPackage: 'checkov' } },
  checks: "its Kubernetes policies, among them the CIS benchmark's; an annotation that skips one counts as a finding",
  scan: ({ file, run }) => checkovFindings(run(checkovArguments(file))),
} as const satisfies Scanner;

interface Result {
  readonly check_id: string;
  readonly check_name: string;
  /** `Deployment.embeddings.text-embedding` */
  readonly resource: string;
}

interface Report {
  /** Only in a report without results: how many objects of kinds that it knows there are, and how many files it could not parse. */
  readonly resource_count?: number;
  readonly parsing_errors?: number;
  readonly results?: {
    readonly failed_checks: readonly Result[];
    readonly skipped_checks: readonly Result[];
    readonly parsing_errors: readonly string[];
  };
}

export function checkovArguments(file: string): string[] {
  return ['--framework=kubernetes', '--skip-download', '--compact', '--output=json', `--file=${file}`];
}

/** What failed, and what an annotation in a manifest would have skipped. */
export function checkovFindings(output: string): RawFinding[] {
  const { results, resource_count: known, parsing_errors: unparsed } = JSON.parse(output) as Report;
  // What Argo CD is told: no kind that it has a check for.
  if (results === undefined && known === 0 && unparsed === 0) return [];
  if (results === undefined || results.parsing_errors.length > 0) {
    throw new Error(`checkov could not read the manifests: ${results?.parsing_errors.join(', ') ?? output}`);
  }
  return [...results.failed_checks, ...results.skipped_checks].map(({ check_id, check_name, resource }) => {
    const [kind, , ...name] = resource.split('.');
    return { check: check_id, object: `${kind}/${name.join('.')}`, detail: check_name };
  });
}
