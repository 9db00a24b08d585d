import type { ApiObject, ApiObjectMetadata } from 'cdk8s';
import type { k8s } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { addObject } from '../common/api-object';
import { defined, unlessEmpty } from '../common/defined';
import { NAMESPACE_NAME } from '../common/labels';
import { K8S_LABEL, NAMESPACE_LABEL, POD_NAMESPACE } from './cilium-facts';
import type { ClusterDns } from './cluster-dns';
import { HTTPS_PORT, type Egress } from './egress';
import { kubePeers } from './network-policy';

/** The fields of Cilium's definition (1.20, `ciliumnetworkpolicies.yaml`) that are rendered. */
const CiliumNetworkPolicy = {
  manifest: (fields: { readonly metadata: ApiObjectMetadata; readonly spec: object }): object => ({
    apiVersion: 'cilium.io/v2',
    kind: 'CiliumNetworkPolicy',
    ...fields,
  }),
};

/**
 * The CiliumNetworkPolicy that opens HTTPS to the hosts of an `Egress`, when it names any. Cilium learns the addresses of a host from
 * the answers that the pods get, and sees only those of queries that a rule with `dns` lets through.
 */
export function addFqdnPolicy(
  scope: Construct,
  id: string,
  metadata: ApiObjectMetadata,
  podLabels: Record<string, string>,
  dns: ClusterDns,
  egress: Egress,
): ApiObject | undefined {
  if (egress._ciliumHosts.length === 0) {
    return undefined;
  }
  const policy = new Construct(scope, id);
  const queries = {
    ports: ['UDP', 'TCP'].map((protocol) => ({ port: String(dns.port), protocol })),
    // Policies add up, and the NetworkPolicy allows every query: fewer names would refuse nothing.
    rules: { dns: [{ matchPattern: '*' }] },
  };
  const servers = dns._servers(policy).flatMap(kubePeers);
  return addObject(policy, 'Default', CiliumNetworkPolicy, {
    metadata,
    spec: {
      endpointSelector: { matchLabels: podLabels },
      egress: [
        ...servers.map((server) => ({ ...destination(server), toPorts: [queries] })),
        {
          toFQDNs: egress._ciliumHosts.map((host) => ({ matchName: host })),
          toPorts: [{ ports: [{ port: String(HTTPS_PORT), protocol: 'TCP' }] }],
        },
      ],
    },
  });
}

function destination({ ipBlock, podSelector, namespaceSelector }: k8s.NetworkPolicyPeer): object {
  if (ipBlock !== undefined) {
    const { cidr, except } = ipBlock;
    return except === undefined ? { toCIDR: [cidr] } : { toCIDRSet: [{ cidr, except }] };
  }
  return { toEndpoints: [endpoints(podSelector ?? {}, namespaceSelector)] };
}

/** Pods and their namespaces in one selector; without a namespace, those of the policy's own. */
function endpoints(pods: k8s.LabelSelector, namespaces: k8s.LabelSelector | undefined): object {
  const inNamespaces = namespaces === undefined ? undefined : prefixed(namespaces, namespaceLabel);
  const selected = prefixed(pods, (label) => `${K8S_LABEL}${label}`);
  const matchExpressions = [
    ...(inNamespaces !== undefined && isEmpty(inNamespaces)
      ? [{ key: `${K8S_LABEL}${POD_NAMESPACE}`, operator: 'Exists' }]
      : (inNamespaces?.matchExpressions ?? [])),
    ...selected.matchExpressions,
  ];
  return defined({
    matchLabels: { ...inNamespaces?.matchLabels, ...selected.matchLabels },
    matchExpressions: unlessEmpty(matchExpressions),
  });
}

function namespaceLabel(label: string): string {
  return `${K8S_LABEL}${label === NAMESPACE_NAME ? POD_NAMESPACE : `${NAMESPACE_LABEL}${label}`}`;
}

type Prefixed = Required<Pick<k8s.LabelSelector, 'matchLabels' | 'matchExpressions'>>;

function prefixed(
  { matchLabels = {}, matchExpressions = [] }: k8s.LabelSelector,
  name: (label: string) => string,
): Prefixed {
  return {
    matchLabels: Object.fromEntries(Object.entries(matchLabels).map(([key, value]) => [name(key), value])),
    matchExpressions: matchExpressions.map((expression) => ({ ...expression, key: name(expression.key) })),
  };
}

function isEmpty({ matchLabels, matchExpressions }: Prefixed): boolean {
  return Object.keys(matchLabels).length === 0 && matchExpressions.length === 0;
}
