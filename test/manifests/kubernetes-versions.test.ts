import { describe, expect, it } from 'vitest';
import { kubernetesVersions, SUPPORTED_VERSIONS } from '../../lib/manifests/kubernetes-versions';

describe('a version of Kubernetes', () => {
  it.each([
    ['1.28', 28],
    ['1.37', 37],
    ['v1.30', 30],
    ['1.30.4', 30],
    ['v1.30.14', 30],
  ])('%s is the minor version %i', (version, minor) => {
    expect(kubernetesVersions('version', version)).toEqual({ oldest: minor, newest: minor });
  });

  it('stands for all supported ones when it is left out', () => {
    expect(kubernetesVersions('version', undefined)).toEqual(SUPPORTED_VERSIONS);
  });

  it.each(['1.27', '1.38', '2.30', '11.30', 'x1.30', '1.30x', '1.30.', '1.30.4-eks', '1', 'latest', ''])(
    '%j is refused',
    (version) => {
      expect(() => kubernetesVersions('version', version)).toThrow(
        `version: "${version}" is refused: the rules know Kubernetes 1.28 to 1.37; ` +
          'write for example "1.37" (in quotes), or leave it out to check against all of them',
      );
    },
  );
});
