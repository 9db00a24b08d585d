import { type Rule, RuleLevel, type Violation } from '../rule';
import { at, listAt, textAt } from '../../manifests/fields';
import type { Manifest } from '../../manifests/manifest';
import type { Manifests } from '../../manifests/manifests';
import { portBesideApi } from '../../manifests/nim';
import { declaredPorts, type Pod } from '../../manifests/pods';
import { podsOfService } from '../../manifests/selecting';

export const serviceOnlyApiPort: Rule = {
  id: 'service-only-api-port',
  level: RuleLevel.ERROR,
  kinds: ['/Service'],
  what: 'A Service is of type ClusterIP, without external addresses, and has one port, which its pods declare; of a NIM it is the API port.',
  why: 'Every other port, and every way around the ingress, has no TLS, no rate limit and no authentication.',
  fix: 'set type: ClusterIP, keep the API port alone with targetPort naming a port of the container, and remove externalIPs',
  check: serviceViolations,
};

function serviceViolations(service: Manifest, manifests: Manifests): Violation[] {
  const type = textAt(service, 'spec', 'type') ?? 'ClusterIP';
  const ofType = type === 'ClusterIP' ? [] : [{ path: ['spec', 'type'], message: `the type is ${type}` }];
  if (type === 'ExternalName') {
    return ofType; // Only a name: its ports and its selector lead nowhere.
  }
  const ports = listAt(service, 'spec', 'ports');
  const pods = podsOfService(service, manifests);
  return [
    ...ofType,
    ...(ports.length === 1 ? [] : [{ path: ['spec', 'ports'], message: `there are ${ports.length} ports` }]),
    ...(listAt(service, 'spec', 'externalIPs').length === 0
      ? []
      : [{ path: ['spec', 'externalIPs'], message: 'addresses from outside the cluster lead to the Service' }]),
    ...ports.flatMap((port, index) => {
      const message = targetFault(pods, at(port, 'targetPort') ?? at(port, 'port'));
      return message === undefined ? [] : [{ path: ['spec', 'ports', index, 'targetPort'], message }];
    }),
  ];
}

function targetFault(selected: readonly Pod[], target: unknown): string | undefined {
  // A pod that runs to an end, such as the test of a chart, serves nothing.
  const pods = selected.some(({ serving }) => serving) ? selected.filter(({ serving }) => serving) : selected;
  if (!pods.every((pod) => (declaredPorts(pod) as unknown[]).includes(target))) {
    return `no container of the selected pods declares the port ${JSON.stringify(target)}`;
  }
  const [other] = pods.map((pod) => portBesideApi(pod, target)).filter((port) => port !== undefined);
  return other === undefined ? undefined : `it leads to ${other}`;
}
