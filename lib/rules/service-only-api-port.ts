import { type Rule, RuleLevel, type Violation } from './rule';
import { at, listAt, textAt } from './support/fields';
import { groupKindOf, type Manifest, namespaceOf } from './support/manifest';
import type { Manifests } from './support/manifests';
import { declaredPorts } from './support/pods';

export const serviceOnlyApiPort: Rule = {
  id: 'service-only-api-port',
  level: RuleLevel.ERROR,
  what: 'A Service is of type ClusterIP, has one port that its pods declare, and no external addresses.',
  why: 'Every other port, and every way around the ingress, has no TLS, no rate limit and no authentication.',
  fix: 'set type: ClusterIP, keep the API port alone with targetPort naming a port of the container, and remove externalIPs',
  check: (object, manifests) => (groupKindOf(object) === '/Service' ? serviceViolations(object, manifests) : []),
};

function serviceViolations(service: Manifest, manifests: Manifests): Violation[] {
  const type = textAt(service, 'spec', 'type') ?? 'ClusterIP';
  const ports = listAt(service, 'spec', 'ports');
  return [
    ...(type === 'ClusterIP' ? [] : [{ path: ['spec', 'type'], message: `the type is ${type}` }]),
    ...(ports.length === 1 ? [] : [{ path: ['spec', 'ports'], message: `there are ${ports.length} ports` }]),
    ...(listAt(service, 'spec', 'externalIPs').length === 0
      ? []
      : [{ path: ['spec', 'externalIPs'], message: 'addresses from outside the cluster lead to the Service' }]),
    ...ports.flatMap((port, index) => undeclaredTarget(service, manifests, port, index)),
  ];
}

function undeclaredTarget(service: Manifest, manifests: Manifests, port: unknown, index: number): Violation[] {
  const pods = manifests.podsSelectedBy(namespaceOf(service), { matchLabels: at(service, 'spec', 'selector') });
  const target = at(port, 'targetPort') ?? at(port, 'port');
  return pods.every((pod) => (declaredPorts(pod) as unknown[]).includes(target))
    ? []
    : [
        {
          path: ['spec', 'ports', index, 'targetPort'],
          message: `no container of the selected pods declares the port ${JSON.stringify(target)}`,
        },
      ];
}
