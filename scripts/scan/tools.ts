import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

/** Where a scanner comes from. */
export type Source =
  | { readonly goModule: string; readonly goPackage: string; readonly goExperiment?: string }
  | { readonly pythonPackage: string };

/** A scanner at one version. */
export interface Tool {
  readonly name: string;
  readonly version: string;
  readonly source: Source;
  /** Installed only when asked for by name: it takes many minutes. */
  readonly onDemand?: boolean;
}

/** The one place where versions are pinned. */
export const TOOLS = {
  'kube-score': {
    name: 'kube-score',
    version: 'v1.20.0',
    source: { goModule: 'github.com/zegl/kube-score', goPackage: 'github.com/zegl/kube-score/cmd/kube-score' },
  },
  kubesec: {
    name: 'kubesec',
    version: 'v2.14.2',
    source: { goModule: 'github.com/controlplaneio/kubesec/v2', goPackage: 'github.com/controlplaneio/kubesec/v2' },
  },
  checkov: { name: 'checkov', version: '3.3.13', source: { pythonPackage: 'checkov' } },
  kubeconform: {
    name: 'kubeconform',
    version: 'v0.7.0',
    source: {
      goModule: 'github.com/yannh/kubeconform',
      goPackage: 'github.com/yannh/kubeconform/cmd/kubeconform',
    },
  },
  trivy: {
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
} as const satisfies Record<string, Tool>;

/** The directory of one version of a scanner: another version never takes its place. */
export function directoryOf({ name, version }: Tool): string {
  const tools = process.env['SCAN_TOOLS_DIR'] ?? join(homedir(), '.cache', 'cdk8s-nim-scan');
  return resolve(tools, `${name}-${version}`);
}

export function executableOf(tool: Tool): string {
  return join(directoryOf(tool), 'bin', tool.name);
}
