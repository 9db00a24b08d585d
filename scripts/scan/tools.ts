import { type Tool, ToolCache } from '../tools/tool';

/** Where the scanners are. */
export const SCANNERS = new ToolCache('SCAN_TOOLS_DIR', 'cdk8s-nim-scan');

/** The one place where versions are pinned. */
export const TOOLS = {
  'kube-linter': {
    name: 'kube-linter',
    version: 'v0.8.3',
    source: {
      goModule: 'golang.stackrox.io/kube-linter',
      goPackage: 'golang.stackrox.io/kube-linter/cmd/kube-linter',
      // The same source, from where it is kept: not every module proxy serves the host of the module's own path.
      goReplacement: 'github.com/stackrox/kube-linter',
    },
  },
  'kube-score': {
    name: 'kube-score',
    version: 'v1.20.0',
    source: { goModule: 'github.com/zegl/kube-score', goPackage: 'github.com/zegl/kube-score/cmd/kube-score' },
  },
  polaris: {
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
