import { addressBlock, isWide } from '../common/cidr';
import type { Allowance } from './allowances';
import { at, type Fields, listAt, textAt } from './fields';
import type { Manifest } from './manifest';
import type { Manifests } from './manifests';
import { portsOverlap } from './ports';

export const EGRESS_FIREWALL = 'k8s.ovn.org/EgressFirewall';
/** OVN-Kubernetes reads one of this name. */
const NAME = 'default';
/** Every address of a family. */
export const EVERY_ADDRESS: readonly string[] = ['0.0.0.0/0', '::/0'];

/** The rules of an EgressFirewall that count for a family of addresses: those before one that denies all of it; `undefined` where none does. */
export function rulesBeforeDeny(firewall: Manifest, everyAddress: string): readonly unknown[] | undefined {
  const rules = listAt(firewall, 'spec', 'egress');
  const deny = rules.findIndex(
    (rule) =>
      textAt(rule, 'type') === 'Deny' &&
      textAt(rule, 'to', 'cidrSelector') === everyAddress &&
      listAt(rule, 'ports').length === 0,
  );
  return deny === -1 ? undefined : rules.slice(0, deny);
}

/** What is left of the ways out that network policies open, where the EgressFirewall of the namespace closes the rest. */
export function throughFirewall(
  allowances: readonly Allowance[],
  namespace: string,
  manifests: Manifests,
): Allowance[] {
  const firewall = manifests.find(EGRESS_FIREWALL, namespace, NAME);
  return firewall === undefined
    ? [...allowances]
    : distinct(
        allowances.flatMap((allowance) => {
          const before = rulesBeforeDeny(firewall, familyOf(textAt(allowance.peer, 'ipBlock', 'cidr') ?? ''));
          return before === undefined ? [allowance] : before.flatMap((rule) => leftBy(rule, allowance, firewall));
        }),
      );
}

/** Every address of the family of a wide block; narrow ones are taken as they are, and pods are no concern of the firewall. */
function familyOf(cidr: string): string {
  return isWide(cidr) ? (addressBlock(cidr)?.family === 'IPv6' ? '::/0' : '0.0.0.0/0') : '';
}

function leftBy(rule: unknown, { port }: Allowance, policy: Manifest): Allowance[] {
  const ports = listAt(rule, 'ports').map(plainPort);
  return textAt(rule, 'type') === 'Allow'
    ? (ports.length === 0 ? [port] : ports.filter((one) => portsOverlap(one, port))).map((one) => ({
        peer: peerOf(rule),
        port: one,
        policy,
      }))
    : [];
}

/** In the order of a NetworkPolicy. */
function plainPort(entry: unknown): Fields {
  return { port: at(entry, 'port'), protocol: at(entry, 'protocol') };
}

function peerOf(rule: unknown): Fields {
  const [host, cidr] = [textAt(rule, 'to', 'dnsName'), textAt(rule, 'to', 'cidrSelector')];
  return host === undefined ? (cidr === undefined ? { other: 'nodes' } : { ipBlock: { cidr } }) : { host };
}

function distinct(allowances: readonly Allowance[]): Allowance[] {
  return [...new Map(allowances.map((one) => [JSON.stringify([one.peer, one.port]), one])).values()];
}
