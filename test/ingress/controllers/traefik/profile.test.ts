import { CapabilityLevel, IngressController, IngressFeature, SecureIngress } from 'cdk8s-nim';
import { describe, expect, it } from 'vitest';
import { at, find, inventory, testChart } from '../../../support/manifests';
import { expectRefusal } from '../../../support/refusals';
import {
  annotationsOf,
  controllerObjects,
  HOST,
  LABELS,
  minimalProps,
  networkPolicyFor,
  renderIngress,
} from '../../support';
import { middleware, ROUTER } from './support';

const TRANSPORT = 'traefik.ingress.kubernetes.io/service.serverstransport';
const RULES = [
  {
    host: HOST,
    http: {
      paths: ['/v1/embeddings', '/v1/models'].map((path) => ({
        path,
        pathType: 'Exact',
        backend: { service: { name: 'embeddings', port: { name: 'http' } } },
      })),
    },
  },
];

describe('with the least possible props', () => {
  const rendered = renderIngress(IngressController.traefik());

  it('renders two Ingresses, the Middlewares, a TLSOption and a ServersTransport', () => {
    expect(inventory(rendered)).toEqual([
      'Ingress embeddings',
      'Ingress embeddings-redirect',
      'Middleware embeddings-body-size',
      'Middleware embeddings-headers',
      'Middleware embeddings-https-redirect',
      'Middleware embeddings-rate-limit',
      'NetworkPolicy embeddings',
      'ServersTransport embeddings',
      'Service embeddings',
      'TLSOption embeddings-tls',
    ]);
  });

  it('routes HTTPS on the exact paths through the Middlewares', () => {
    const { 'cdk8s-nim/approximate-rate-burst': burst, ...annotations } = annotationsOf(
      rendered,
      'Ingress',
      'embeddings',
    );
    expect(burst).toContain('every path has an allowance of its own');
    expect({ ...find(rendered, 'Ingress', 'embeddings'), metadata: undefined }).toEqual({
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      metadata: undefined,
      spec: {
        ingressClassName: 'traefik',
        tls: [{ hosts: [HOST], secretName: 'embeddings-tls' }],
        rules: RULES,
      },
    });
    expect(annotations).toEqual({
      'cdk8s-nim/exception-authentication': 'the gateway in front authenticates',
      'cdk8s-nim/approximate-rate-per-second': expect.stringContaining('Middleware rateLimit') as string,
      'cdk8s-nim/prerequisite-tls-1.2': expect.stringContaining('core.strictTLSOptions: true') as string,
      'cdk8s-nim/prerequisite-client-address-direct': expect.stringContaining('externalTrafficPolicy') as string,
      [`${ROUTER}.entrypoints`]: 'websecure',
      [`${ROUTER}.middlewares`]:
        'embeddings-embeddings-headers@kubernetescrd,embeddings-embeddings-rate-limit@kubernetescrd,' +
        'embeddings-embeddings-body-size@kubernetescrd',
      [`${ROUTER}.tls.options`]: 'embeddings-embeddings-tls@kubernetescrd',
    });
  });

  it('redirects plain HTTP on the same paths, by an Ingress of its own', () => {
    expect(find(rendered, 'Ingress', 'embeddings-redirect')).toEqual({
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      metadata: {
        name: 'embeddings-redirect',
        namespace: 'embeddings',
        labels: LABELS,
        annotations: {
          [`${ROUTER}.entrypoints`]: 'web',
          [`${ROUTER}.middlewares`]: 'embeddings-embeddings-https-redirect@kubernetescrd',
        },
      },
      spec: { ingressClassName: 'traefik', rules: RULES },
    });
    expect(middleware(rendered, 'https-redirect')).toEqual({ redirectScheme: { scheme: 'https', permanent: true } });
  });

  it('limits, with burst and key written out', () => {
    expect(middleware(rendered, 'rate-limit')).toEqual({
      rateLimit: {
        average: 10,
        period: '1s',
        burst: 20,
        sourceCriterion: { ipStrategy: { ipv6Subnet: 64 } },
      },
    });
    expect(middleware(rendered, 'body-size')).toEqual({ buffering: { maxRequestBodyBytes: 8388608 } });
  });

  it('refuses TLS below 1.2 and clients that name no host', () => {
    expect(find(rendered, 'TLSOption')).toEqual({
      apiVersion: 'traefik.io/v1alpha1',
      kind: 'TLSOption',
      metadata: { name: 'embeddings-tls', namespace: 'embeddings', labels: LABELS },
      spec: { minVersion: 'VersionTLS12', sniStrict: true },
    });
  });

  it('names the timeouts on the Service, where Traefik reads them', () => {
    expect(annotationsOf(rendered, 'Service')).toEqual({ [TRANSPORT]: 'embeddings-embeddings@kubernetescrd' });
    expect(at(find(rendered, 'ServersTransport'), 'spec')).toEqual({
      forwardingTimeouts: { dialTimeout: '10s', responseHeaderTimeout: '130s' },
    });
  });

  it('puts every object into the namespace of the chart', () => {
    expect(rendered.map(({ metadata }) => metadata.namespace)).toEqual(rendered.map(() => 'embeddings'));
  });
});

describe('what it cannot do', () => {
  it.each([IngressFeature.METHODS, IngressFeature.AUTH_JWT, IngressFeature.AUTH_API_KEY])(
    'leaves out %s',
    (feature) => {
      const { capabilities } = IngressController.traefik()._profile;
      expect(capabilities[feature].level).toBe(CapabilityLevel.UNSUPPORTED);
    },
  );

  it('refuses a version before 3.7, of which some read fewer annotations', () => {
    expectRefusal(() => IngressController.traefik({ version: '3.6.24' }), {
      what: 'Traefik version',
      value: '"3.6.24"',
      because: 'needs 3.7.0 or newer',
      instead: 'upgrade the controller',
    });
  });

  it('refuses a second ingress for one Service, which names one ServersTransport', () => {
    const chart = testChart();
    const controller = IngressController.traefik();
    const props = minimalProps(chart);
    new SecureIngress(chart, 'ingress', { ...props, controller });
    expectRefusal(
      () => new SecureIngress(chart, 'other', { ...props, controller, name: 'other', host: 'b.example.com' }),
      {
        what: 'SecureIngress service embeddings',
        value: '"other"',
        because: 'names the ServersTransport embeddings-embeddings@kubernetescrd already',
        instead: 'make a RestrictedService of its own',
      },
    );
  });
});

describe('the network policy', () => {
  it('admits the pods of the Helm chart', () => {
    expect(at(networkPolicyFor(IngressController.traefik()), 'spec.ingress.0.from')).toEqual([
      {
        namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'traefik' } },
        podSelector: { matchLabels: { 'app.kubernetes.io/name': 'traefik' } },
      },
    ]);
  });

  it('admits the pods that the options name', () => {
    const policy = networkPolicyFor(
      IngressController.traefik({ namespace: 'kube-system', podLabels: { app: 'edge' } }),
    );
    expect(at(policy, 'spec.ingress.0.from')).toEqual([
      {
        namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } },
        podSelector: { matchLabels: { app: 'edge' } },
      },
    ]);
  });
});

describe('names', () => {
  it('follow the name of the ingress, also where it is "default"', () => {
    const rendered = controllerObjects(IngressController.traefik({ ingressClassName: 'internal' }), {
      name: 'default',
    });
    expect(find(rendered, 'TLSOption').metadata.name).toBe('default-tls');
    expect(at(find(rendered, 'Ingress', 'default'), 'spec.ingressClassName')).toBe('internal');
  });
});
