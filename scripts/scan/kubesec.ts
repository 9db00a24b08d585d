import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RawFinding } from './finding';
import type { Scanner } from './scanner';

export const KUBESEC = {
  tool: {
    name: 'kubesec',
    version: 'v2.14.2',
    source: { goModule: 'github.com/controlplaneio/kubesec/v2', goPackage: 'github.com/controlplaneio/kubesec/v2' },
  },
  checks: 'the risk of a pod, in points: whatever costs points, and whatever would earn some',
  scan: ({ file, run, directory }) => {
    const anySchema = join(directory, 'any.json');
    writeFileSync(anySchema, '{}');
    return kubesecFindings(run(kubesecArguments(file, anySchema)));
  },
} as const satisfies Scanner;

interface Check {
  readonly id: string;
  readonly reason: string;
}

interface Report {
  /** `Deployment/text-embedding.embeddings` */
  readonly object: string;
  readonly valid: boolean;
  readonly message: string;
  readonly scoring: { readonly critical?: readonly Check[]; readonly advise?: readonly Check[] };
}

/** kubesec checks the form as well, against a schema from the network; kubeconform does that here. */
export function kubesecArguments(file: string, anySchema: string): string[] {
  return ['scan', '--format=json', '--exit-code=0', `--schema-location=${anySchema}`, file];
}

/** Whatever costs points, and whatever would earn some. */
export function kubesecFindings(output: string): RawFinding[] {
  return (JSON.parse(output) as Report[]).flatMap(({ object, valid, message, scoring }) => {
    if (!valid) {
      throw new Error(`kubesec could not read ${object}: ${message}`);
    }
    return [...(scoring.critical ?? []), ...(scoring.advise ?? [])].map(({ id, reason }) => ({
      check: id,
      object: withoutNamespace(object),
      detail: reason,
    }));
  });
}

function withoutNamespace(object: string): string {
  return object.slice(0, object.lastIndexOf('.'));
}
