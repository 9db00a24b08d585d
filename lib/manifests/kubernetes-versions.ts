import { invalid } from '../common/invalid';

/** A range of minor versions of Kubernetes 1. */
export interface KubernetesVersions {
  readonly oldest: number;
  readonly newest: number;
}

/** The minor versions whose Pod Security Standards are known here. */
export const SUPPORTED_VERSIONS: KubernetesVersions = { oldest: 28, newest: 37 };

/** Reads `1.30`, `v1.30` or `1.30.4` as a range of one; nothing means every supported version. */
export function kubernetesVersions(what: string, version: string | undefined): KubernetesVersions {
  if (version === undefined) {
    return SUPPORTED_VERSIONS;
  }
  const minor = Number(/^v?1\.(\d+)(\.\d+)?$/.exec(version)?.[1]);
  const { oldest, newest } = SUPPORTED_VERSIONS;
  if (!(minor >= oldest && minor <= newest)) {
    throw invalid({
      what,
      value: version,
      because: `the rules know Kubernetes 1.${oldest} to 1.${newest}`,
      instead: `write for example "1.${newest}" (in quotes), or leave it out to check against all of them`,
    });
  }
  return { oldest: minor, newest: minor };
}
