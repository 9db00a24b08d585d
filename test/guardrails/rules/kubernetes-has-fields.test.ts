import { ContainerImage, Gpu, type NimDeploymentProps } from 'cdk8s-nim';
import { Duration } from 'cdk8s';
import { describe, expect, it } from 'vitest';
import { kubernetesHasFields } from '../../../lib/guardrails/rules/kubernetes-has-fields';
import type { Manifest } from '../../../lib/manifests/manifest';
import { renderNimDeployment } from '../../support/nims';
import { alone, check, violations } from '../../support/rules';

const SIDECAR = {
  sidecars: [{ name: 'collector', image: ContainerImage.fromReference('registry.example.com/collector:1.0.0') }],
};
const POD = 'Deployment: spec.template.spec';

function rendered(props: Partial<NimDeploymentProps>): Manifest[] {
  return renderNimDeployment(props);
}

describe(kubernetesHasFields.id, () => {
  it.each<[string, Partial<NimDeploymentProps>, string, string, string]>([
    ['a sidecar', SIDECAR, '1.28', '1.29', `${POD}.initContainers[0].restartPolicy`],
    [
      'a time to drain',
      { drainDelay: Duration.seconds(15) },
      '1.29',
      '1.30',
      `${POD}.containers[0].lifecycle.preStop.sleep`,
    ],
    ['a claim of a GPU', { gpu: Gpu.fromResourceClaimTemplate('gpu') }, '1.33', '1.34', `${POD}.resourceClaims`],
  ])('refuses %s', (_, props, before, since, field) => {
    const objects = rendered(props);
    expect(violations(kubernetesHasFields, objects, before)).toEqual([field]);
    expect(violations(kubernetesHasFields, objects, since)).toEqual([]);
    // The oldest of several versions is no reason: nobody has said that it runs.
    expect(violations(kubernetesHasFields, objects)).toEqual([]);
  });

  it('accepts a NIM without them in the oldest version', () => {
    expect(violations(kubernetesHasFields, rendered({}), '1.28')).toEqual([]);
  });

  it('accepts an init container that ends', () => {
    const objects = alone('v1', 'Pod', { spec: { initContainers: [{ name: 'a' }], containers: [{ name: 'b' }] } });
    expect(violations(kubernetesHasFields, objects, '1.28')).toEqual([]);
  });

  it('says which version a field needs, and what happens in the stated one', () => {
    const { findings } = check(rendered(SIDECAR), { kubernetesVersion: '1.28' }, [kubernetesHasFields]);
    expect(findings.map(({ message }) => message)).toEqual([
      'it needs Kubernetes 1.29, and 1.28 waits for the end of the container for ever, and never starts the others',
    ]);
  });
});
