import type { Chart } from 'cdk8s';
import { LabelExpression, Namespaces, NetworkPolicyIpBlock, Pods } from 'cdk8s-plus-28';
import { describe, expect, it } from 'vitest';
import { ClusterDns, Egress, ModelCache, NgcHosts, Peer, type TextEmbeddingNimProps } from 'cdk8s-nim';
import { at, find, type Manifest } from '../support/manifests';
import { type Given, renderTextEmbeddingNim, textEmbeddingNim } from '../support/nims';
import { expectRefusal } from '../support/refusals';
import { rulesAgainst } from '../support/rules';

const KIND = 'CiliumNetworkPolicy';
const HTTPS = [{ ports: [{ port: '443', protocol: 'TCP' }] }];

function dnsPorts(port = '53'): object[] {
  const ports = ['UDP', 'TCP'].map((protocol) => ({ port, protocol }));
  return [{ ports, rules: { dns: [{ matchPattern: '*' }] } }];
}

function rendered(props: Given<TextEmbeddingNimProps> = {}): Manifest[] {
  return renderTextEmbeddingNim((chart) => ({
    egress: Egress.ciliumFqdns(),
    ...(typeof props === 'function' ? props(chart) : props),
  }));
}

/** The rules of the CiliumNetworkPolicy. */
function rules(props: Given<TextEmbeddingNimProps> = {}): unknown[] {
  return at(find(rendered(props), KIND), 'spec.egress') as unknown[];
}

function namesIn(egress: Egress): unknown[] {
  const named = rules({ egress }).map((rule) => at(rule, 'toFQDNs')) as ({ matchName: string }[] | undefined)[];
  return named.flatMap((names = []) => names.map(({ matchName }) => matchName));
}

describe('egress to names with Cilium', () => {
  it('opens HTTPS to the hosts of NGC, and shows Cilium the answers of the DNS', () => {
    expect(rules()).toEqual([
      {
        toEndpoints: [{ matchLabels: { 'k8s:io.kubernetes.pod.namespace': 'kube-system', 'k8s:k8s-app': 'kube-dns' } }],
        toPorts: dnsPorts(),
      },
      { toCIDR: ['169.254.20.10/32'], toPorts: dnsPorts() },
      { toFQDNs: NgcHosts.download.map((matchName) => ({ matchName })), toPorts: HTTPS },
    ]);
  });

  it('selects the pods of the NIM, whose NetworkPolicy opens the DNS alone', () => {
    const objects = rendered();
    const [policy, plain] = [find(objects, KIND), find(objects, 'NetworkPolicy')];
    expect(at(policy, 'metadata')).toEqual(at(plain, 'metadata'));
    expect(at(policy, 'spec.endpointSelector')).toEqual(at(plain, 'spec.podSelector'));
    const ports = (at(plain, 'spec.egress') as unknown[]).map((rule) => at(rule, 'ports.0.port'));
    expect(ports).toEqual([53, 53]);
  });

  it('is for the Jobs alone, where they fill the cache', () => {
    const objects = rendered({ modelCache: ModelCache.prefetched(ModelCache.claim()) });
    expect(objects.filter(({ kind }) => kind === KIND).map((policy) => at(policy, 'metadata.name'))).toEqual([
      'text-embedding-fill',
    ]);
    const [policy, plain] = [KIND, 'NetworkPolicy'].map((kind) => find(objects, kind, 'text-embedding-fill'));
    expect(at(policy, 'spec.endpointSelector')).toEqual(at(plain, 'spec.podSelector'));
    expect(at(plain, 'spec.egress')).toHaveLength(2);
  });

  it('is a member of the service, or of the NIM where Jobs fill the cache', () => {
    const direct = textEmbeddingNim({ egress: Egress.ciliumFqdns() });
    expect(direct.service.fqdnPolicy?.kind).toBe(KIND);
    expect(direct.modelFillFqdnPolicy).toBeUndefined();
    const filled = textEmbeddingNim({
      egress: Egress.ciliumFqdns(),
      modelCache: ModelCache.prefetched(ModelCache.claim()),
    });
    expect(filled.service.fqdnPolicy).toBeUndefined();
    expect(filled.modelFillFqdnPolicy?.kind).toBe(KIND);
  });

  it('passes the guardrails', () => {
    const objects = rendered({ clients: [Peer.pods({ labels: { app: 'rag' } })] });
    expect(rulesAgainst(objects as Parameters<typeof rulesAgainst>[0])).toEqual([]);
  });

  it('takes further hosts, each once', () => {
    expect(namesIn(Egress.ciliumFqdns(['huggingface.co', 'authn.nvidia.com', 'huggingface.co']))).toEqual([
      ...NgcHosts.download,
      'huggingface.co',
    ]);
  });

  it('is one policy for the names of several, beside what they open by address', () => {
    const peer = Peer.cidr('10.1.2.3/32');
    const egress = Egress.of([
      Egress.ciliumFqdns(['a.example.com']),
      Egress.tcpTo([peer], [4318]),
      Egress.ciliumFqdns(),
    ]);
    expect(namesIn(egress)).toEqual([...NgcHosts.download, 'a.example.com']);
    const plain = at(find(rendered({ egress }), 'NetworkPolicy'), 'spec.egress');
    expect(plain).toContainEqual({
      to: [{ ipBlock: { cidr: '10.1.2.3/32' } }],
      ports: [{ port: 4318, protocol: 'TCP' }],
    });
  });

  it('opens the names for the pods of the NIM as furtherEgress, too', () => {
    const objects = rendered({ egress: Egress.none(), furtherEgress: Egress.ciliumFqdns() });
    expect(at(find(objects, KIND), 'metadata.name')).toBe('text-embedding');
  });
});

describe('the DNS servers, for Cilium', () => {
  it('of OpenShift listen on 5353', () => {
    expect(rules({ dns: ClusterDns.OPENSHIFT })[0]).toEqual({
      toEndpoints: [
        {
          matchLabels: {
            'k8s:dns.operator.openshift.io/daemonset-dns': 'default',
            'k8s:io.kubernetes.pod.namespace': 'openshift-dns',
          },
        },
      ],
      toPorts: dnsPorts('5353'),
    });
  });

  it('are pods of their own namespace, where none is named', () => {
    const dns = ClusterDns.custom([Peer.pods({ labels: { app: 'dns' } })]);
    expect(at(rules({ dns })[0], 'toEndpoints')).toEqual([{ matchLabels: { 'k8s:app': 'dns' } }]);
  });

  it('are pods of namespaces by label, or of all', () => {
    const peers = (chart: Chart): ClusterDns =>
      ClusterDns.custom([
        Pods.select(chart, 'labelled', {
          labels: { app: 'dns' },
          namespaces: Namespaces.select(chart, 'labelled-namespaces', { labels: { team: 'net' } }),
        }),
        Pods.select(chart, 'anywhere', { labels: { app: 'dns' }, namespaces: Namespaces.all(chart, 'all') }),
      ]);
    const [labelled, anywhere] = rules((chart) => ({ dns: peers(chart) }));
    expect(at(labelled, 'toEndpoints')).toEqual([
      { matchLabels: { 'k8s:app': 'dns', 'k8s:io.cilium.k8s.namespace.labels.team': 'net' } },
    ]);
    expect(at(anywhere, 'toEndpoints')).toEqual([
      {
        matchLabels: { 'k8s:app': 'dns' },
        matchExpressions: [{ key: 'k8s:io.kubernetes.pod.namespace', operator: 'Exists' }],
      },
    ]);
  });

  it('are pods by expressions, and blocks without others', () => {
    const peers = (chart: Chart): ClusterDns =>
      ClusterDns.custom([
        Pods.select(chart, 'some', { expressions: [LabelExpression.in('app', ['dns', 'cache'])] }),
        NetworkPolicyIpBlock.ipv4(chart, 'block', '10.0.0.0/16', ['10.0.9.0/24']),
      ]);
    const [some, block] = rules((chart) => ({ dns: peers(chart) }));
    expect(at(some, 'toEndpoints')).toEqual([
      { matchLabels: {}, matchExpressions: [{ key: 'k8s:app', operator: 'In', values: ['dns', 'cache'] }] },
    ]);
    expect(block).toEqual({ toCIDRSet: [{ cidr: '10.0.0.0/16', except: ['10.0.9.0/24'] }], toPorts: dnsPorts() });
  });
});

describe('egress to names is refused', () => {
  it('beside public HTTPS, in one Egress or as furtherEgress', () => {
    const refusal = {
      what: 'Egress.of parts',
      value: '["Egress.publicHttps()","Egress.ciliumFqdns(…)"]',
      because: 'what policies allow adds up, and every address would be open beside the names',
      instead: 'leave out Egress.publicHttps(), and name further hosts in Egress.ciliumFqdns([…])',
    };
    expectRefusal(() => Egress.of([Egress.publicHttps(), Egress.ciliumFqdns()]), refusal);
    expectRefusal(() => rendered({ furtherEgress: Egress.publicHttps() }), refusal);
  });

  it('for a wildcard', () => {
    expectRefusal(() => Egress.ciliumFqdns(['*.hf.co']), {
      what: 'Egress.ciliumFqdns furtherHosts',
      value: '"*.hf.co"',
      because: 'a wildcard also opens hosts that nobody listed',
      instead: 'write each full DNS name',
    });
  });

  it.each(['store.models.svc', 'store.models.svc.cluster.local'])('for a name of the cluster: %s', (host) => {
    expectRefusal(() => Egress.ciliumFqdns([host]), {
      what: 'Egress.ciliumFqdns furtherHosts',
      value: JSON.stringify(host),
      because: 'it is a name of the cluster, and a rule for names does not apply to pods',
      instead: 'name the pods with Egress.tcpTo(…)',
    });
  });

  it.each(['https://huggingface.co', 'huggingface.co:443', '192.0.2.10', 'Huggingface.co', ''])('for %j', (host) => {
    expectRefusal(() => Egress.ciliumFqdns([host]), {
      what: 'Egress.ciliumFqdns furtherHosts',
      value: JSON.stringify(host),
      because: 'a host is a full DNS name in lower case, without scheme, port or path',
      instead: 'write for example',
    });
  });
});
