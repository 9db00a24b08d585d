import { tunnelPortsOf } from '../network/mesh-facts';
import { isCiliumPolicy } from './cilium-policies';
import { at, listAt } from './fields';
import type { Manifest } from './manifest';
import { apiPortsOf, portsOfNim } from './nim';
import type { Pod } from './pods';
import { remembered } from './remembered';

/** The directions that a NetworkPolicy, or a plain policy of Cilium, limits. Where the first names none, the API server takes Ingress, and Egress only with egress rules. */
export function directionsOf(policy: Manifest): readonly unknown[] {
  const types = listAt(policy, 'spec', 'policyTypes');
  if (types.length > 0 || isCiliumPolicy(policy)) {
    return types;
  }
  return listAt(policy, 'spec', 'egress').length > 0 ? ['Ingress', 'Egress'] : ['Ingress'];
}

/** What a rule has to open to reach the NIM of a pod: the ports that it listens on, or may, and those of its mesh. */
const listening = remembered((pod: Pod): readonly unknown[] => [
  ...apiPortsOf(pod),
  ...portsOfNim(pod),
  ...tunnelPortsOf(pod.labels, pod.annotations),
]);

/** Whether an ingress rule of a NetworkPolicy opens a port that the NIM of a pod listens on, or may, also through its mesh. */
export function opensNim(rule: unknown, pod: Pod): boolean {
  const ports = listAt(rule, 'ports');
  return (
    ports.length === 0 ||
    ports.some(
      (entry) =>
        at(entry, 'port') === undefined ||
        at(entry, 'endPort') !== undefined ||
        listening(pod).includes(at(entry, 'port')),
    )
  );
}
