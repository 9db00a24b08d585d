import { POD_KINDS } from '../../manifests/pods';
import { type Rule, RuleLevel } from '../rule';
import { isChartTest, isHook } from '../../manifests/hooks';
import { directionsOf } from '../../manifests/network-policies';
import { plainPoliciesOf } from '../../manifests/selecting';

export const podNetworkPolicy: Rule = {
  id: 'pod-network-policy',
  level: RuleLevel.ERROR,
  kinds: POD_KINDS,
  what: 'Every pod is selected by NetworkPolicies for both directions, ingress and egress; hooks that run to an end for egress, tests of charts for none.',
  why: 'A pod that no policy selects is reachable from, and reaches, everything in the cluster and beyond.',
  fix: 'add a NetworkPolicy that selects the pods, with policyTypes [Ingress, Egress] and the peers they need',
  check: (object, manifests) => {
    const pod = manifests.podOf(object);
    if (pod === undefined || isChartTest(pod)) {
      return [];
    }
    const needed = isHook(pod) ? ['Egress'] : ['Ingress', 'Egress'];
    const covered = plainPoliciesOf(pod, manifests).flatMap(directionsOf);
    return needed
      .filter((direction) => !covered.includes(direction))
      .map((direction) => ({
        path: [...pod.path, 'metadata', 'labels'],
        message: `no NetworkPolicy limits ${direction === 'Ingress' ? 'who may connect to the pods' : 'where the pods may connect to'}`,
      }));
  },
};
