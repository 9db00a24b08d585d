import { Duration, Size } from 'cdk8s';
import { Secret } from 'cdk8s-plus-28';
import {
  IngressAuthentication,
  IngressController,
  IngressFeature,
  RateLimit,
  type SecureIngressProps,
} from 'cdk8s-nim';
import { describe, expect, it } from 'vitest';
import { at, find, inventory, type Manifest } from '../../../support/manifests';
import type { Given } from '../../../support/nims';
import { expectRefusal } from '../../../support/refusals';
import {
  annotationsOf,
  controllerObjects,
  type Evidence,
  HOST,
  itShowsItsFeatures,
  LABELS,
  networkPolicyFor,
  overTls,
} from '../../support';

const PREFIX = 'nginx.ingress.kubernetes.io';

function objects(props: Given<SecureIngressProps> = {}): Manifest[] {
  return controllerObjects(IngressController.ingressNginx(), props);
}

/** The values of some annotations of the controller. */
function annotations(rendered: readonly Manifest[], ...names: string[]): (string | undefined)[] {
  const all = annotationsOf(rendered, 'Ingress');
  return names.map((name) => all[`${PREFIX}/${name}`]);
}

describe('with the least possible props', () => {
  it('renders one Ingress, and nothing else', () => {
    const rendered = objects();
    expect(inventory(rendered)).toEqual(['Ingress embeddings']);
    expect(find(rendered, 'Ingress')).toEqual({
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      metadata: {
        name: 'embeddings',
        namespace: 'embeddings',
        labels: LABELS,
        annotations: {
          'cdk8s-nim/exception-authentication': 'the gateway in front authenticates',
          'cdk8s-nim/prerequisite-hsts': expect.stringContaining('ConfigMap key hsts') as string,
          'cdk8s-nim/approximate-rate-per-second': expect.stringContaining('IPv6') as string,
          'cdk8s-nim/prerequisite-tls-1.2': expect.stringContaining('ssl-protocols') as string,
          'cdk8s-nim/prerequisite-client-address-direct': expect.stringContaining('externalTrafficPolicy') as string,
          'cdk8s-nim/prerequisite-status-429': expect.stringContaining('limit-req-status-code') as string,
          [`${PREFIX}/force-ssl-redirect`]: 'true',
          [`${PREFIX}/limit-rps`]: '10',
          [`${PREFIX}/limit-burst-multiplier`]: '2',
          [`${PREFIX}/proxy-body-size`]: '8m',
          [`${PREFIX}/proxy-connect-timeout`]: '10',
          [`${PREFIX}/proxy-read-timeout`]: '130',
          [`${PREFIX}/proxy-send-timeout`]: '130',
        },
      },
      spec: {
        ingressClassName: 'nginx',
        tls: [{ hosts: [HOST], secretName: 'embeddings-tls' }],
        rules: [
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
        ],
      },
    });
  });
});

describe('its features', () => {
  const seen =
    (...names: string[]): Evidence['seen'] =>
    (rendered) =>
      annotations(rendered, ...names);
  const rate = (options: Parameters<typeof RateLimit.perClient>[0]) => ({ rateLimit: RateLimit.perClient(options) });

  const evidence: Evidence[] = [
    { feature: IngressFeature.HTTPS_REDIRECT, seen: seen('force-ssl-redirect'), is: ['true'] },
    {
      feature: IngressFeature.EXACT_PATHS,
      seen: (rendered) => at(find(rendered, 'Ingress'), 'spec.rules.0.http.paths.0.pathType'),
      is: 'Exact',
    },
    {
      feature: IngressFeature.RATE_PER_SECOND,
      asked: rate({ requestsPerSecond: 5, burst: 10 }),
      seen: seen('limit-rps', 'limit-rpm'),
      is: ['5', undefined],
      otherwise: ['10', undefined],
    },
    {
      feature: IngressFeature.RATE_PER_MINUTE,
      asked: rate({ requestsPerMinute: 30, burst: 60 }),
      seen: seen('limit-rps', 'limit-rpm'),
      is: [undefined, '30'],
      otherwise: ['10', undefined],
    },
    {
      feature: IngressFeature.RATE_BURST,
      asked: rate({ requestsPerSecond: 10, burst: 10 }),
      seen: seen('limit-burst-multiplier'),
      is: ['1'],
      otherwise: ['2'],
    },
    {
      feature: IngressFeature.CONCURRENT_CONNECTIONS,
      asked: rate({ requestsPerSecond: 10, burst: 20, concurrentConnections: 4 }),
      seen: seen('limit-connections'),
      is: ['4'],
      otherwise: [undefined],
    },
    {
      feature: IngressFeature.BODY_SIZE,
      asked: { maxBodySize: Size.kibibytes(1500) },
      seen: seen('proxy-body-size'),
      is: ['1500k'],
      otherwise: ['8m'],
    },
    {
      feature: IngressFeature.TIMEOUTS,
      asked: { timeout: Duration.minutes(5), connectTimeout: Duration.seconds(3) },
      seen: seen('proxy-connect-timeout', 'proxy-read-timeout', 'proxy-send-timeout'),
      is: ['3', '300', '300'],
      otherwise: ['10', '130', '130'],
    },
    {
      feature: IngressFeature.BACKEND_TLS,
      asked: overTls(),
      seen: seen('proxy-ssl-verify'),
      is: ['on'],
      otherwise: [undefined],
    },
    {
      feature: IngressFeature.SOURCE_RANGES,
      asked: { sourceRanges: ['203.0.113.0/24', '2001:db8::/32'] },
      seen: seen('whitelist-source-range'),
      is: ['203.0.113.0/24,2001:db8::/32'],
      otherwise: [undefined],
    },
    {
      feature: IngressFeature.AUTH_EXTERNAL,
      asked: {
        authentication: IngressAuthentication.external({
          url: 'https://auth.example.com/check',
          responseHeaders: ['X-User', 'X-Email'],
        }),
      },
      seen: seen('auth-url', 'auth-response-headers'),
      is: ['https://auth.example.com/check', 'X-User,X-Email'],
      otherwise: [undefined, undefined],
    },
    {
      feature: IngressFeature.AUTH_BASIC,
      asked: (chart) => ({
        authentication: IngressAuthentication.basic(Secret.fromSecretName(chart, 'users', 'embeddings-users')),
      }),
      seen: seen('auth-type', 'auth-secret', 'auth-realm'),
      is: ['basic', 'embeddings-users', HOST],
      otherwise: [undefined, undefined, undefined],
    },
    {
      feature: IngressFeature.AUTH_CLIENT_CERTIFICATES,
      asked: (chart) => ({
        authentication: IngressAuthentication.clientCertificates(Secret.fromSecretName(chart, 'ca', 'client-ca')),
      }),
      seen: seen('auth-tls-secret', 'auth-tls-verify-client', 'auth-tls-verify-depth'),
      is: ['embeddings/client-ca', 'on', '1'],
      otherwise: [undefined, undefined, undefined],
    },
  ];
  itShowsItsFeatures(IngressController.ingressNginx(), evidence);
});

describe('response headers', () => {
  it('go through a ConfigMap, and say what the controller has to allow', () => {
    const rendered = objects({ responseHeaders: { 'X-Frame-Options': 'DENY' } });
    expect(annotations(rendered, 'custom-headers')).toEqual(['embeddings/embeddings-response-headers']);
    expect(find(rendered, 'ConfigMap')).toEqual({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'embeddings-response-headers', namespace: 'embeddings', labels: LABELS },
      data: { 'X-Frame-Options': 'DENY' },
    });
    expect(annotationsOf(rendered, 'Ingress')).toHaveProperty(
      ['cdk8s-nim/prerequisite-response-headers'],
      expect.stringContaining('global-allowed-response-headers'),
    );
  });
});

describe('what it cannot do', () => {
  it.each([
    [25, 'write 20 or 30'],
    [5, 'write 10 or 20'],
  ])('is a burst of %d, which is no multiple of the rate', (burst, instead) => {
    expectRefusal(() => objects({ rateLimit: RateLimit.perClient({ requestsPerSecond: 10, burst }) }), {
      what: 'RateLimit.perClient burst',
      value: `${burst}`,
      because: 'ingress-nginx takes a whole multiple of the rate (10)',
      instead,
    });
  });

  it('is run before 1.12', () => {
    expectRefusal(() => IngressController.ingressNginx({ version: '1.11.8' }), {
      what: 'ingress-nginx version',
      value: '"1.11.8"',
      because: 'needs 1.12.0 or newer',
      instead: 'upgrade the controller',
    });
  });
});

describe('the network policy', () => {
  it('admits the controller, and not the pods of its admission jobs', () => {
    expect(at(networkPolicyFor(IngressController.ingressNginx()), 'spec.ingress.0.from')).toEqual([
      {
        namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'ingress-nginx' } },
        podSelector: {
          matchLabels: {
            'app.kubernetes.io/name': 'ingress-nginx',
            'app.kubernetes.io/component': 'controller',
          },
        },
      },
    ]);
  });
});
