import { POD_KINDS } from '../../manifests/pods';
import { listAt } from '../../manifests/fields';
import { directionsOf, opensNim } from '../../manifests/network-policies';
import { servingNims } from '../../manifests/nim';
import { plainPoliciesOf } from '../../manifests/selecting';
import { type Rule, RuleLevel } from '../rule';

export const nimHasCallers: Rule = {
  id: 'nim-has-callers',
  level: RuleLevel.WARNING,
  kinds: POD_KINDS,
  what: 'Where NetworkPolicies limit who may connect to a NIM, they let somebody in.',
  why: 'A NIM that nobody may call holds a GPU and answers no one; its pods are ready all the same.',
  fix: 'give it a front door (ingress) or clients, or name the peers in a NetworkPolicy; acknowledge it where a policy that is not among the manifests does',
  check: (object, manifests) => {
    const pod = manifests.podOf(object);
    if (pod === undefined || servingNims(pod).length === 0) {
      return [];
    }
    const limiting = plainPoliciesOf(pod, manifests).filter((policy) => directionsOf(policy).includes('Ingress'));
    const isOpen = limiting.flatMap((policy) => listAt(policy, 'spec', 'ingress')).some((rule) => opensNim(rule, pod));
    return limiting.length === 0 || isOpen
      ? []
      : [{ path: [...pod.path, 'metadata', 'labels'], message: 'no NetworkPolicy lets anybody call the NIM' }];
  },
};
