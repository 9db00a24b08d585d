import { Secret } from 'cdk8s-plus-28';
import {
  CapabilityLevel,
  ClientAddress,
  HttpMethod,
  IngressAuthentication,
  IngressController,
  IngressFeature,
  IngressPath,
  IngressTls,
  RateLimit,
  RateLimitScope,
  type SecureIngressProps,
  TlsVersion,
} from 'cdk8s-nim';
import { describe, expect, it } from 'vitest';
import { requestedFeatures, requireCapabilities } from '../../lib/ingress/capabilities';
import { CONTROLLERS } from '../../lib/ingress/controllers';
import { testChart } from '../support/manifests';
import { type Given, given } from '../support/nims';
import { expectRefusal, messageOf } from '../support/refusals';
import { annotationsOf, exception, minimalProps, overTls, renderIngress, secureIngress } from './support';

const ALL = Object.values(IngressFeature);
const F5 = IngressController.f5Nginx();

const rate = (options: Partial<Parameters<typeof RateLimit.perClient>[0]>) => ({
  rateLimit: RateLimit.perClient({ requestsPerSecond: 10, burst: 20, ...options }),
});
const authentication =
  (make: (secret: ReturnType<typeof Secret.fromSecretName>) => IngressAuthentication): Given<SecureIngressProps> =>
  (chart) => ({ authentication: make(Secret.fromSecretName(chart, 'secret', 'secret')) });

/** What every ingress asks for. */
const ALWAYS = [
  IngressFeature.TLS_1_2,
  IngressFeature.HTTPS_REDIRECT,
  IngressFeature.HSTS,
  IngressFeature.EXACT_PATHS,
  IngressFeature.CLIENT_ADDRESS_DIRECT,
  IngressFeature.RATE_PER_SECOND,
  IngressFeature.RATE_BURST,
  IngressFeature.STATUS_429,
  IngressFeature.BODY_SIZE,
  IngressFeature.TIMEOUTS,
];

/** The props that ask for everything else. */
const ON_DEMAND: Partial<Record<IngressFeature, Given<SecureIngressProps>>> = {
  [IngressFeature.TLS_1_3]: {
    tls: IngressTls.fromClusterIssuer('letsencrypt', { minimumVersion: TlsVersion.TLS_1_3 }),
  },
  [IngressFeature.METHODS]: { paths: [IngressPath.exact('/v1/embeddings', [HttpMethod.POST])] },
  [IngressFeature.CLIENT_ADDRESS_FORWARDED]: { clientAddress: ClientAddress.forwardedFor() },
  [IngressFeature.CLIENT_ADDRESS_PROXY_PROTOCOL]: { clientAddress: ClientAddress.proxyProtocol() },
  [IngressFeature.RATE_PER_MINUTE]: { rateLimit: RateLimit.perClient({ requestsPerMinute: 60, burst: 60 }) },
  [IngressFeature.CONCURRENT_CONNECTIONS]: rate({ concurrentConnections: 4 }),
  [IngressFeature.RATE_BY_HEADER]: rate({ header: 'Authorization' }),
  [IngressFeature.RATE_SCOPE_CLUSTER]: rate({ scope: RateLimitScope.CLUSTER }),
  [IngressFeature.BACKEND_TLS]: overTls(),
  [IngressFeature.SOURCE_RANGES]: { sourceRanges: ['10.0.0.0/8'] },
  [IngressFeature.RESPONSE_HEADERS]: { responseHeaders: { 'X-Team': 'search' } },
  [IngressFeature.AUTH_EXTERNAL]: { authentication: IngressAuthentication.oauth2Proxy({ namespace: 'auth' }) },
  [IngressFeature.AUTH_BASIC]: authentication((secret) => IngressAuthentication.basic(secret)),
  [IngressFeature.AUTH_CLIENT_CERTIFICATES]: authentication((secret) =>
    IngressAuthentication.clientCertificates(secret),
  ),
  [IngressFeature.AUTH_JWT]: {
    authentication: IngressAuthentication.jwt({
      issuer: 'https://login.example.com',
      jwksUri: 'https://login.example.com/keys',
      audiences: ['embeddings'],
    }),
  },
  [IngressFeature.AUTH_API_KEY]: authentication((secret) => IngressAuthentication.apiKey(secret)),
};

function requested(props: Given<SecureIngressProps> = {}): IngressFeature[] {
  const chart = testChart();
  return requestedFeatures({ ...minimalProps(chart), controller: F5, ...given(props, chart) });
}

describe('the requested features', () => {
  it('are these for the least possible props', () => {
    expect(requested()).toEqual(ALWAYS);
  });

  it.each(Object.entries(ON_DEMAND))('hold %s when a prop asks for it', (feature, props) => {
    expect(requested(props)).toContain(feature);
    expect(requested()).not.toContain(feature);
  });

  it('can be all of them', () => {
    expect([...ALWAYS, ...Object.keys(ON_DEMAND)].sort()).toEqual([...ALL].sort());
  });

  it('hold HSTS also on a controller that sets it for all ingresses', () => {
    const props = { ...minimalProps(testChart()), controller: IngressController.ingressNginx() };
    expect(requestedFeatures(props)).toContain(IngressFeature.HSTS);
  });
});

describe('every controller', () => {
  it('can be chosen by the name that messages give it', () => {
    const factories = Object.getOwnPropertyNames(IngressController).filter(
      (name) =>
        name !== 'custom' && typeof (IngressController as unknown as Record<string, unknown>)[name] === 'function',
    );
    expect(CONTROLLERS.map(({ name }) => name).sort()).toEqual(
      factories.map((name) => `IngressController.${name}()`).sort(),
    );
  });

  it.each(CONTROLLERS)('says something about every feature: $name', ({ capabilities }) => {
    expect(Object.keys(capabilities).sort()).toEqual([...ALL].sort());
    expect(ALL.filter((feature) => capabilities[feature].note.trim() === '')).toEqual([]);
  });

  it.each(CONTROLLERS)('admits exact paths only: $name', ({ capabilities }) => {
    expect(capabilities[IngressFeature.EXACT_PATHS].level).not.toBe(CapabilityLevel.UNSUPPORTED);
  });
});

function isAuthentication(feature: IngressFeature): boolean {
  return feature.startsWith('auth-');
}

describe('a feature that the controller does not have', () => {
  const controllers = [
    IngressController.f5Nginx(),
    IngressController.ingressNginx(),
    IngressController.traefik(),
    IngressController.awsAlb({
      webAclArn: 'arn:aws:wafv2:eu-central-1:123456789012:regional/webacl/embeddings/3ab78708',
      loadBalancerSubnets: ['10.0.0.0/20'],
    }),
  ];
  const missing = controllers.flatMap((controller) =>
    ALL.filter((feature) => controller._profile.capabilities[feature].level === CapabilityLevel.UNSUPPORTED).map(
      (feature) => ({ controller, feature, name: controller.name }),
    ),
  );

  it.each(missing)('is refused: $feature on $name', ({ controller, feature }) => {
    const member = Object.entries(IngressFeature).find(([, value]) => value === feature)?.[0] ?? '';
    expectRefusal(() => requireCapabilities(controller._profile, [feature], []), {
      what: `${controller.name} ${controller.version} feature`,
      value: JSON.stringify(feature),
      because: controller._profile.capabilities[feature].note,
      instead: isAuthentication(feature)
        ? 'or write authentication: IngressAuthentication.none(reason)'
        : `or write acceptUnenforced: [{ feature: IngressFeature.${member}, reason: '…' }]`,
    });
  });

  it.each(ALL.filter(isAuthentication))('cannot be left out when it is authentication: %s', (feature) => {
    expectRefusal(() => requireCapabilities(F5._profile, [feature], [exception(feature)]), {
      what: 'SecureIngress acceptUnenforced',
      value: JSON.stringify(feature),
      because: 'an ingress that asks for authentication and lets everybody in would deceive its readers',
      instead: 'write authentication: IngressAuthentication.none(reason)',
    });
  });

  it.each(missing.filter(({ feature }) => !isAuthentication(feature)))(
    'is reported when accepted: $feature on $name',
    ({ controller, feature }) => {
      expect(requireCapabilities(controller._profile, [feature], [exception(feature)])).toEqual([
        { feature, ...controller._profile.capabilities[feature] },
      ]);
    },
  );

  it('is refused with the controllers that have it', () => {
    const able = CONTROLLERS.filter(
      ({ capabilities }) => capabilities[IngressFeature.METHODS].level !== CapabilityLevel.UNSUPPORTED,
    ).map(({ name }) => name);
    const message = messageOf(() => renderIngress(F5, ON_DEMAND[IngressFeature.METHODS]));
    expect(message).toContain(
      able.length === 0 ? 'no supported controller has it, or write' : `choose ${able.join(' or ')}, or write`,
    );
  });

  it('may be missing with a reason, which is an annotation of the rendered object', () => {
    const rendered = renderIngress(F5, (chart) => ({
      ...given(ON_DEMAND[IngressFeature.METHODS] ?? {}, chart),
      acceptUnenforced: [exception(IngressFeature.METHODS)],
    }));
    expect(annotationsOf(rendered, 'Ingress')['cdk8s-nim/exception-methods']).toBe('accepted by the platform team');
  });

  it('is not accepted without a reason', () => {
    const acceptUnenforced = [{ feature: IngressFeature.METHODS, reason: ' ' }];
    expectRefusal(() => renderIngress(F5, { ...(ON_DEMAND[IngressFeature.METHODS] as object), acceptUnenforced }), {
      what: 'acceptUnenforced methods reason',
      value: '" "',
      because: 'it is empty',
      instead: 'write why the ingress may go without it',
    });
  });

  it.each([
    ['the controller has it', IngressFeature.RATE_BURST],
    ['the platform team sets it', IngressFeature.TLS_1_2],
    ['nobody asked for it', IngressFeature.METHODS],
  ])('is refused in acceptUnenforced where %s', (_, feature) => {
    expectRefusal(() => renderIngress(F5, { acceptUnenforced: [exception(feature)] }), {
      what: 'SecureIngress acceptUnenforced',
      value: JSON.stringify(feature),
      because: `it was not asked for, or F5 NGINX Ingress Controller ${F5.version} has it`,
      instead: 'leave it out',
    });
  });

  it('is refused with the version that has it', () => {
    const old = IngressController.f5Nginx({ version: '5.4.0' });
    expectRefusal(() => requireCapabilities(old._profile, [IngressFeature.AUTH_EXTERNAL], []), {
      what: 'F5 NGINX Ingress Controller 5.4.0 feature',
      value: '"auth-external"',
      because: 'it needs F5 NGINX Ingress Controller 5.5.2 or newer',
      instead: 'choose ',
    });
    const [report] = requireCapabilities(F5._profile, [IngressFeature.AUTH_EXTERNAL], []);
    expect(report?.level).toBe(CapabilityLevel.ENFORCED);
  });
});

describe('the report', () => {
  it('lists every requested feature with level and note', () => {
    const { capabilities } = secureIngress(F5);
    expect(capabilities.map(({ feature }) => feature)).toEqual(ALWAYS);
    expect(capabilities[0]).toEqual({
      feature: IngressFeature.TLS_1_2,
      level: CapabilityLevel.PREREQUISITE,
      note: expect.stringContaining('ssl-protocols') as string,
    });
  });

  it('is written on the object where something is approximate or left to the platform team', () => {
    const ingress = secureIngress(F5, rate({ scope: RateLimitScope.CLUSTER }));
    const limits = ingress.capabilities.filter(({ level }) => level !== CapabilityLevel.ENFORCED);
    const annotations = annotationsOf(renderIngress(F5, rate({ scope: RateLimitScope.CLUSTER })), 'Ingress');
    expect(limits.map(({ feature }) => feature)).toContain(IngressFeature.RATE_SCOPE_CLUSTER);
    for (const { feature, level, note } of limits) {
      expect(annotations[`cdk8s-nim/${level}-${feature}`]).toBe(note);
    }
  });
});

describe('the controller', () => {
  it.each(['latest', '5', '5.4.0-rc1', 'v5.4.0'])('is not of version %j', (version) => {
    expectRefusal(() => IngressController.f5Nginx({ version }), {
      what: 'F5 NGINX Ingress Controller version',
      value: JSON.stringify(version),
      because: 'written as "major.minor.patch"',
      instead: 'upgrade the controller, or choose another one',
    });
  });

  it('runs in a namespace that can exist', () => {
    const chart = testChart();
    expectRefusal(() => IngressController.f5Nginx({ namespace: 'Ingress' }).bind(chart), {
      what: 'IngressController namespace',
      value: '"Ingress"',
      because: 'a namespace name is',
      instead: 'kubectl get namespaces',
    });
  });
});
