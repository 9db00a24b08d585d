import type { ApiObject, ApiObjectMetadata } from 'cdk8s';
import { Construct } from 'constructs';
import { addObject, namespaceOf } from '../common/api-object';
import { requirePlace } from '../common/cdk8s-kinds';
import { addressBlock, isWide } from '../common/cidr';
import { invalid } from '../common/invalid';
import { listOf, text } from '../common/kinds';
import { MANAGED_BY } from '../common/labels';
import { optional, type PropTable, requireProps } from '../common/props';
import { HTTPS_PORT } from './egress';
import { hostsWith } from './public-hosts';

/** Props of `OpenShiftEgressFirewall`. */
export interface OpenShiftEgressFirewallProps {
  /**
   * Hosts beside those of NGC (`NgcHosts`) that the pods of the namespace may reach on TCP 443. Refused: wildcards, addresses and names
   * of the cluster.
   * @default - none
   */
  readonly furtherHosts?: string[];
  /**
   * Blocks of addresses outside the cluster's own networks that the pods of the namespace may reach on any port: a proxy, a store, the
   * API servers for pods that call them. What a network policy closes stays closed. Refused: blocks that hold anybody's addresses.
   * @default - none
   */
  readonly furtherNetworks?: string[];
}

export const OPEN_SHIFT_EGRESS_FIREWALL_PROPS: PropTable<OpenShiftEgressFirewallProps> = {
  furtherHosts: optional(listOf(text)),
  furtherNetworks: optional(listOf(text)),
};

/** The fields of the definition of OVN-Kubernetes that are rendered. */
const EgressFirewall = {
  manifest: (fields: { readonly metadata: ApiObjectMetadata; readonly spec: object }): object => ({
    apiVersion: 'k8s.ovn.org/v1',
    kind: 'EgressFirewall',
    ...fields,
  }),
};

/**
 * The EgressFirewall of the chart's namespace, for OpenShift with OVN-Kubernetes: outside the cluster its pods reach the hosts of NGC
 * on TCP 443, and nothing else. It only takes away: keep `Egress.publicHttps()`, the default, for the pods that download.
 *
 * It is for every pod of the namespace, and a namespace has one, called `default`: a second one is refused where both are rendered
 * together. OVN-Kubernetes asks for the addresses of a name by itself, again when an answer expires; a pod that gets another answer is
 * refused until then. Red Hat advises names only where addresses change rarely, and the hosts of NGC have no fixed ones: try it, or take a proxy.
 *
 * @example
 * new nim.OpenShiftEgressFirewall(chart, 'egress-firewall', { furtherHosts: ['huggingface.co'] });
 */
export class OpenShiftEgressFirewall extends Construct {
  /** The EgressFirewall. */
  public readonly egressFirewall: ApiObject;

  public constructor(scope: Construct, id: string, props: OpenShiftEgressFirewallProps = {}) {
    super(...requirePlace('OpenShiftEgressFirewall', scope, id));
    requireProps('OpenShiftEgressFirewall', props, OPEN_SHIFT_EGRESS_FIREWALL_PROPS);
    namespaceOf(this);
    const hosts = hostsWith('OpenShiftEgressFirewall furtherHosts', props.furtherHosts ?? []);
    const networks = (props.furtherNetworks ?? []).map(requireNetwork);
    this.egressFirewall = addObject(this, 'Default', EgressFirewall, {
      // The API server refuses any other name.
      metadata: { name: 'default', labels: MANAGED_BY },
      spec: {
        // The first rule that fits decides, and without one everything is open.
        egress: [
          ...hosts.map((dnsName) => ({
            type: 'Allow',
            to: { dnsName },
            ports: [{ protocol: 'TCP', port: HTTPS_PORT }],
          })),
          ...[...new Set(networks)].map((cidrSelector) => ({ type: 'Allow', to: { cidrSelector } })),
          ...['0.0.0.0/0', '::/0'].map((cidrSelector) => ({ type: 'Deny', to: { cidrSelector } })),
        ],
      },
    });
  }
}

function requireNetwork(network: string): string {
  if (addressBlock(network) === undefined || isWide(network)) {
    throw invalid({
      what: 'OpenShiftEgressFirewall furtherNetworks',
      value: network,
      because: 'a network is a block of addresses, and one that is too wide opens what the names close',
      instead: 'write for example "10.1.2.0/24"',
    });
  }
  return network;
}
