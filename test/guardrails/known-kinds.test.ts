import { describe, expect, it } from 'vitest';
import { alone, check } from '../support/rules';

const notChecked = (apiVersion: string, kind: string): string[] =>
  check(alone(apiVersion, kind)).notChecked.map((object) => object.kind);

describe('a report', () => {
  it.each([
    ['v1', 'Secret'],
    ['argoproj.io/v1alpha1', 'AppProject'],
    ['argoproj.io/v1alpha1', 'Application'],
    ['argoproj.io/v1alpha1', 'ApplicationSet'],
    ['autoscaling/v2', 'HorizontalPodAutoscaler'],
    ['bitnami.com/v1alpha1', 'SealedSecret'],
    ['cilium.io/v2', 'CiliumNetworkPolicy'],
    ['gateway.networking.k8s.io/v1beta1', 'ReferenceGrant'],
    ['k8s.ovn.org/v1', 'EgressFirewall'],
    ['secrets-store.csi.x-k8s.io/v1', 'SecretProviderClass'],
  ])('does not say of a %s %s that nobody looked at it', (apiVersion, kind) => {
    expect(notChecked(apiVersion, kind)).toEqual([]);
  });

  it.each([
    ['example.com/v1', 'Secret'],
    ['argoproj.io/v1alpha1', 'Rollout'],
    ['networking.istio.io/v1', 'Gateway'],
  ])('says so of a %s %s', (apiVersion, kind) => {
    expect(notChecked(apiVersion, kind)).toEqual([kind]);
  });
});
