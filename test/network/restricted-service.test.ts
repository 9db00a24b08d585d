import { type Chart, Size } from 'cdk8s';
import { type INetworkPolicyPeer, Namespaces, NetworkPolicyIpBlock, Pods } from 'cdk8s-plus-28';
import { describe, expect, it } from 'vitest';
import {
  ApiScheme,
  ClusterDns,
  Egress,
  type NimDeploymentProps,
  RestrictedService,
  type RestrictedServiceProps,
} from 'cdk8s-nim';
import { at, find, inventory, type Manifest, render, testChart } from '../support/manifests';
import { type Given, given, nimDeployment } from '../support/nims';
import { expectRefusal, messageOf } from '../support/refusals';

const labels = {
  'app.kubernetes.io/name': 'text-embedding-nim',
  'app.kubernetes.io/instance': 'text-embedding',
  'app.kubernetes.io/component': 'inference',
  'app.kubernetes.io/part-of': 'nemo-retriever',
  'app.kubernetes.io/managed-by': 'cdk8s',
};

function serviceIn(
  chart: Chart,
  props: Given<RestrictedServiceProps> = {},
  nim: Partial<NimDeploymentProps> = {},
): RestrictedService {
  const more = given(props, chart);
  return new RestrictedService(chart, 'api', { ...more, pods: more.pods ?? nimDeployment(nim, chart) });
}

function renderService(props: Given<RestrictedServiceProps> = {}, nim: Partial<NimDeploymentProps> = {}): Manifest[] {
  const chart = testChart();
  serviceIn(chart, props, nim);
  return render(chart).filter(({ metadata }) => metadata.name === 'api');
}

function podsOf(chart: Chart, name: string): INetworkPolicyPeer {
  return Pods.select(chart, name, {
    labels: { app: name },
    namespaces: Namespaces.select(chart, `${name}-namespace`, { names: [name] }),
  });
}

function peer(name: string): object {
  return {
    namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } },
    podSelector: { matchLabels: { app: name } },
  };
}

const tcp = (port: number): object => ({ port, protocol: 'TCP' });
const udp = (port: number): object => ({ port, protocol: 'UDP' });

const dnsRules = [
  {
    to: [
      {
        namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } },
        podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } },
      },
    ],
    ports: [udp(53), tcp(53)],
  },
  { to: [{ ipBlock: { cidr: '169.254.20.10/32' } }], ports: [udp(53), tcp(53)] },
];

describe('a RestrictedService with minimal props', () => {
  const objects = renderService();

  it('is two objects', () => {
    expect(inventory(objects)).toEqual(['NetworkPolicy api', 'Service api']);
  });

  it('is this Service, with one port', () => {
    expect(find(objects, 'Service')).toEqual({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'api', namespace: 'embeddings', labels },
      spec: {
        type: 'ClusterIP',
        selector: {
          'app.kubernetes.io/name': 'text-embedding-nim',
          'app.kubernetes.io/instance': 'text-embedding',
        },
        ports: [{ name: 'http-api', port: 8000, targetPort: 'http-api', protocol: 'TCP' }],
      },
    });
  });

  it('is this NetworkPolicy: nobody in, DNS out', () => {
    expect(find(objects, 'NetworkPolicy')).toEqual({
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: 'api', namespace: 'embeddings', labels },
      spec: {
        podSelector: {
          matchLabels: {
            'app.kubernetes.io/name': 'text-embedding-nim',
            'app.kubernetes.io/instance': 'text-embedding',
          },
        },
        policyTypes: ['Egress', 'Ingress'],
        egress: dnsRules,
        // Empty, and not left out: Argo CD takes back what somebody adds there.
        ingress: [],
      },
    });
  });

  it('knows what an ingress has to know', () => {
    const service = serviceIn(testChart());
    expect(service).toMatchObject({ name: 'api', namespace: 'embeddings', port: 8000, portName: 'http-api', labels });
    expect(service.url).toBe('http://api.embeddings.svc:8000');
    expect(service.api.paths).toEqual(['/v1/embeddings', '/v1/models']);
    expect(service.api.maxBodySize?.toMebibytes()).toBe(Size.mebibytes(8).toMebibytes());
  });

  it('has a URL of the scheme that the API speaks', () => {
    const chart = testChart();
    const nim = nimDeployment({}, chart);
    const pods = Object.assign(Object.create(nim) as typeof nim, { api: { ...nim.api, scheme: ApiScheme.HTTPS } });
    expect(new RestrictedService(chart, 'api', { pods }).url).toBe('https://api.embeddings.svc:8000');
  });
});

describe('a RestrictedService with all props', () => {
  const objects = renderService(
    (chart) => ({
      name: 'api',
      ingressControllers: [podsOf(chart, 'controller')],
      clients: [podsOf(chart, 'rag'), NetworkPolicyIpBlock.ipv4(chart, 'office', '192.0.2.0/24')],
      monitoring: [podsOf(chart, 'prometheus')],
      egress: Egress.viaProxy('http://proxy.egress.svc:3128', [podsOf(chart, 'proxy')]),
      dns: ClusterDns.OPENSHIFT,
    }),
    { port: 9000 },
  );

  it('lets exactly these in, on the one port', () => {
    expect(at(find(objects, 'NetworkPolicy'), 'spec.ingress')).toEqual([
      { from: [peer('controller')], ports: [tcp(9000)] },
      { from: [peer('rag')], ports: [tcp(9000)] },
      { from: [{ ipBlock: { cidr: '192.0.2.0/24' } }], ports: [tcp(9000)] },
      { from: [peer('prometheus')], ports: [tcp(9000)] },
    ]);
    expect(at(find(objects, 'Service'), 'spec.ports')).toEqual([
      { name: 'http-api', port: 9000, targetPort: 'http-api', protocol: 'TCP' },
    ]);
  });

  it('lets the pods reach exactly these', () => {
    expect(at(find(objects, 'NetworkPolicy'), 'spec.egress')).toEqual([
      {
        to: [
          {
            namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'openshift-dns' } },
            podSelector: { matchLabels: { 'dns.operator.openshift.io/daemonset-dns': 'default' } },
          },
        ],
        ports: [udp(5353), tcp(5353)],
      },
      { to: [peer('proxy')], ports: [tcp(3128)] },
    ]);
  });
});

describe('a RestrictedService before pods with a port for metrics', () => {
  const monitored = (chart: Chart): Partial<RestrictedServiceProps> => ({
    pods: nimDeployment({ tritonMetrics: true }, chart),
    ingressControllers: [podsOf(chart, 'controller')],
    clients: [podsOf(chart, 'rag')],
    monitoring: [podsOf(chart, 'prometheus')],
  });

  it('opens it to monitoring, and to nobody else', () => {
    expect(at(find(renderService(monitored), 'NetworkPolicy'), 'spec.ingress')).toEqual([
      { from: [peer('controller')], ports: [tcp(8000)] },
      { from: [peer('rag')], ports: [tcp(8000)] },
      { from: [peer('prometheus')], ports: [tcp(8000)] },
      { from: [peer('prometheus')], ports: [tcp(8002)] },
    ]);
  });

  it('opens it to monitoring that comes later', () => {
    const chart = testChart();
    serviceIn(chart, { pods: nimDeployment({ tritonMetrics: true }, chart) }).addMonitoring([podsOf(chart, 'late')]);
    expect(at(find(render(chart), 'NetworkPolicy'), 'spec.ingress')).toEqual([
      { from: [peer('late')], ports: [tcp(8000)] },
      { from: [peer('late')], ports: [tcp(8002)] },
    ]);
  });

  it('has no Service for it', () => {
    expect(at(find(renderService(monitored), 'Service'), 'spec.ports')).toHaveLength(1);
  });

  it('is refused with addresses for monitoring', () => {
    expectRefusal(
      () =>
        serviceIn(testChart(), (chart) => ({
          pods: nimDeployment({ tritonMetrics: true }, chart),
          monitoring: [NetworkPolicyIpBlock.ipv4(chart, 'office', '192.0.2.0/24')],
        })),
      {
        what: 'RestrictedService monitoring test/office',
        value: '"192.0.2.0/24"',
        because: 'the port 8002 (triton-metrics) opens to monitoring pods only',
        instead: 'write Peer.pods({ labels, namespace })',
      },
    );
  });
});

describe('a RestrictedService takes', () => {
  it.each<[string, (chart: Chart) => INetworkPolicyPeer]>([
    ['all pods of one namespace', (chart) => Namespaces.select(chart, 'rag', { names: ['rag'] })],
    ['all pods of its own namespace', (chart) => Pods.all(chart, 'all')],
    [
      'labelled pods of all namespaces',
      (chart) => Pods.select(chart, 'agents', { labels: { app: 'agent' }, namespaces: Namespaces.all(chart, 'every') }),
    ],
  ])('%s as a client', (_, make) => {
    const objects = renderService((chart) => ({ clients: [make(chart)] }));
    expect(at(find(objects, 'NetworkPolicy'), 'spec.ingress')).toHaveLength(1);
  });
});

describe('a RestrictedService is refused', () => {
  it.each(['Api', '1api', 'a'.repeat(64)])('with the name %j', (name) => {
    expectRefusal(() => serviceIn(testChart(), { name }), {
      what: 'RestrictedService name',
      value: JSON.stringify(name),
      because: '1 to 63 lower-case letters',
      instead: 'shorten or rename it',
    });
  });

  it.each<[string, object, string]>([
    ['paths that are no list', { paths: '/v1/embed' }, 'api paths: "/v1/embed" is refused: it has to be a list'],
    ['no path of readiness', { readinessPath: undefined }, 'api readinessPath: nothing is given'],
    ['a scheme that does not exist', { scheme: 'ftp' }, 'api scheme: "ftp" is refused: it has to be an ApiScheme'],
    ['a time without a unit', { requestTimeout: 30 }, 'api requestTimeout: 30 is refused: it has to be a Duration'],
    ['a size without a unit', { maxBodySize: 8 }, 'api maxBodySize: 8 is refused: it has to be a Size'],
  ])('with an API with %s', (_, part, message) => {
    const chart = testChart();
    const pods = nimDeployment({}, chart);
    const others = Object.create(pods, { api: { value: { ...pods.api, ...part } } }) as typeof pods;
    expect(messageOf(() => new RestrictedService(chart, 'api', { pods: others }))).toContain(
      `RestrictedService pods ${message}`,
    );
  });

  it('in another namespace than its pods', () => {
    const elsewhere = testChart({ namespace: 'rag' });
    expectRefusal(() => serviceIn(elsewhere, { pods: nimDeployment() }), {
      what: 'RestrictedService pods test/text-embedding',
      value: '"embeddings"',
      because: 'it is their namespace, and the Service is in "rag", where it would select nothing',
      instead: 'make the RestrictedService in the chart of the pods',
    });
  });
});
