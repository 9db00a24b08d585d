import { POD_KINDS } from '../../manifests/pods';
import { podSecurityViolationsOfRange } from '../pod-security/evaluate';
import { type Rule, RuleLevel } from '../rule';

export const podSecurityRestricted: Rule = {
  id: 'pod-security-restricted',
  level: RuleLevel.ERROR,
  kinds: POD_KINDS,
  what: 'Pods meet the Pod Security Standard `restricted`, in the given version of Kubernetes or in all supported ones.',
  why: 'A process that breaks out of its container, or runs as root, owns the node and every pod on it.',
  fix:
    'set runAsNonRoot: true, allowPrivilegeEscalation: false, capabilities.drop: [ALL] and seccompProfile.type: RuntimeDefault, ' +
    'and use nothing of the node: namespaces, paths, ports',
  check: (object, manifests) => {
    const pod = manifests.podOf(object);
    return pod === undefined ? [] : podSecurityViolationsOfRange(pod, 'restricted', manifests.versions);
  },
};
