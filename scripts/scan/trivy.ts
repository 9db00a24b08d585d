import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { RawFinding } from './finding';
import type { Scanner } from './scanner';

export const TRIVY = {
  tool: {
    name: 'trivy',
    version: 'v0.74.0',
    source: {
      goModule: 'github.com/aquasecurity/trivy',
      goPackage: 'github.com/aquasecurity/trivy/cmd/trivy',
      // It imports encoding/json/v2.
      goExperiment: 'jsonv2',
    },
    onDemand: true,
  },
  checks: 'its Kubernetes checks, on demand',
  scan: ({ file, run, directory }) =>
    trivyFindings(run(trivyArguments(file, join(directory, 'trivy'))), readFileSync(file, 'utf8')),
} as const satisfies Scanner;

interface Report {
  readonly Results?: readonly {
    readonly Misconfigurations?: readonly {
      readonly ID: string;
      readonly Message: string;
      readonly CauseMetadata: { readonly StartLine: number };
    }[];
  }[];
}

/** The checks that are built in: nothing is fetched, and nothing is reported to anybody. */
export function trivyArguments(file: string, cache: string): string[] {
  return [
    'config',
    '--skip-check-update',
    '--skip-version-check',
    '--disable-telemetry',
    '--quiet',
    '--format=json',
    `--cache-dir=${cache}`,
    file,
  ];
}

/** trivy names lines, not objects: `manifests` is the text that it read. */
export function trivyFindings(output: string, manifests: string): RawFinding[] {
  const lines = manifests.split('\n');
  return ((JSON.parse(output) as Report).Results ?? []).flatMap(({ Misconfigurations = [] }) =>
    Misconfigurations.map(({ ID, Message, CauseMetadata }) => ({
      check: ID,
      object: objectAt(lines, CauseMetadata.StartLine),
      detail: Message,
    })),
  );
}

function objectAt(lines: readonly string[], line: number): string {
  const start = lines.lastIndexOf('---', line - 1) + 1;
  const end = lines.indexOf('---', line);
  const { kind, metadata } = parse(lines.slice(start, end === -1 ? undefined : end).join('\n')) as {
    readonly kind: string;
    readonly metadata: { readonly name: string };
  };
  return `${kind}/${metadata.name}`;
}
