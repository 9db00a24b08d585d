import { Duration } from 'cdk8s';
import { Secret } from 'cdk8s-plus-28';
import {
  CapabilityLevel,
  IngressAuthentication,
  IngressController,
  IngressFeature,
  IngressTls,
  TlsVersion,
} from 'cdk8s-nim';
import { describe, expect, it } from 'vitest';
import { at, find, inventory } from '../../../support/manifests';
import { expectRefusal } from '../../../support/refusals';
import {
  type Evidence,
  HOST,
  itShowsItsFeatures,
  LABELS,
  networkPolicyFor,
  overTls,
  renderIngress,
} from '../../support';
import { annotation, CERTIFICATE, HSTS, MINIMAL, objects, OPTIONS, PREFIX, TRUST_STORE, WEB_ACL } from './support';

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
          'cdk8s-nim/exception-body-size': 'accepted by the platform team',
          'cdk8s-nim/approximate-timeouts': expect.stringContaining('idle_timeout') as string,
          'cdk8s-nim/prerequisite-client-address-direct': expect.stringContaining('source IP') as string,
          'cdk8s-nim/prerequisite-rate-per-minute': expect.stringContaining('evaluation window 60 seconds') as string,
          'cdk8s-nim/prerequisite-rate-burst': expect.stringContaining('at once') as string,
          'cdk8s-nim/prerequisite-status-429': expect.stringContaining('custom response 429') as string,
          [`${PREFIX}/scheme`]: 'internal',
          [`${PREFIX}/wafv2-acl-arn`]: WEB_ACL,
          [`${PREFIX}/healthcheck-path`]: '/v1/health/ready',
          [`${PREFIX}/target-type`]: 'ip',
          [`${PREFIX}/listen-ports`]: '[{"HTTP":80},{"HTTPS":443}]',
          [`${PREFIX}/ssl-redirect`]: '443',
          [`${PREFIX}/ssl-policy`]: 'ELBSecurityPolicy-TLS13-1-2-2021-06',
          [`${PREFIX}/certificate-arn`]: CERTIFICATE,
          [`${PREFIX}/load-balancer-attributes`]:
            'idle_timeout.timeout_seconds=130,routing.http.drop_invalid_header_fields.enabled=true',
          [`${PREFIX}/listener-attributes.HTTPS-443`]: HSTS,
        },
      },
      spec: {
        ingressClassName: 'alb',
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

  it('leaves the Service as it is', () => {
    const rendered = renderIngress(IngressController.awsAlb(OPTIONS), MINIMAL);
    expect(find(rendered, 'Service').metadata.annotations).toBeUndefined();
  });
});

describe('its features', () => {
  const seen =
    (name: string): Evidence['seen'] =>
    (rendered) =>
      annotation(rendered, name);
  const evidence: Evidence[] = [
    { feature: IngressFeature.TLS_1_2, seen: seen('ssl-policy'), is: 'ELBSecurityPolicy-TLS13-1-2-2021-06' },
    {
      feature: IngressFeature.TLS_1_3,
      asked: { tls: IngressTls.fromAcmCertificate(CERTIFICATE, { minimumVersion: TlsVersion.TLS_1_3 }) },
      seen: seen('ssl-policy'),
      is: 'ELBSecurityPolicy-TLS13-1-3-2021-06',
      otherwise: 'ELBSecurityPolicy-TLS13-1-2-2021-06',
    },
    { feature: IngressFeature.HTTPS_REDIRECT, seen: seen('ssl-redirect'), is: '443' },
    {
      feature: IngressFeature.HSTS,
      asked: { hstsMaxAge: Duration.days(30) },
      seen: seen('listener-attributes.HTTPS-443'),
      is: HSTS.replace('31536000', '2592000'),
      otherwise: HSTS,
    },
    {
      feature: IngressFeature.EXACT_PATHS,
      seen: (rendered) => at(find(rendered, 'Ingress'), 'spec.rules.0.http.paths.0.pathType'),
      is: 'Exact',
    },
    {
      feature: IngressFeature.TIMEOUTS,
      asked: { timeout: Duration.minutes(5) },
      seen: (rendered) => annotation(rendered, 'load-balancer-attributes')?.split(',')[0],
      is: 'idle_timeout.timeout_seconds=300',
      otherwise: 'idle_timeout.timeout_seconds=130',
    },
    {
      feature: IngressFeature.BACKEND_TLS,
      asked: overTls(),
      seen: seen('backend-protocol'),
      is: 'HTTPS',
    },
    {
      feature: IngressFeature.SOURCE_RANGES,
      asked: { sourceRanges: ['203.0.113.0/24', '198.51.100.0/24'] },
      seen: seen('inbound-cidrs'),
      is: '203.0.113.0/24,198.51.100.0/24',
    },
    {
      feature: IngressFeature.RESPONSE_HEADERS,
      asked: { responseHeaders: { 'X-Content-Type-Options': 'nosniff', 'x-frame-options': 'DENY' } },
      seen: seen('listener-attributes.HTTPS-443'),
      is:
        `${HSTS},routing.http.response.x_content_type_options.header_value=nosniff,` +
        'routing.http.response.x_frame_options.header_value=DENY',
      otherwise: HSTS,
    },
    {
      feature: IngressFeature.AUTH_CLIENT_CERTIFICATES,
      asked: (chart) => ({
        authentication: IngressAuthentication.clientCertificates(Secret.fromSecretName(chart, 'ca', 'client-ca')),
      }),
      seen: seen('mutual-authentication'),
      is: `[{"port":443,"mode":"verify","trustStore":"${TRUST_STORE}"}]`,
    },
    {
      feature: IngressFeature.AUTH_JWT,
      asked: {
        authentication: IngressAuthentication.jwt({
          issuer: 'https://login.example.com',
          jwksUri: 'https://login.example.com/keys',
          audiences: ['embeddings'],
        }),
      },
      seen: seen('jwt-validation'),
      is: JSON.stringify({
        jwksEndpoint: 'https://login.example.com/keys',
        issuer: 'https://login.example.com',
        additionalClaims: [{ name: 'aud', format: 'single-string', values: ['embeddings'] }],
      }),
    },
  ];
  itShowsItsFeatures(IngressController.awsAlb({ ...OPTIONS, trustStoreArn: TRUST_STORE }), evidence, MINIMAL);

  it('leaves what the web ACL has to do to the web ACL, and says so', () => {
    const { capabilities } = IngressController.awsAlb(OPTIONS)._profile;
    const inWebAcl = Object.values(IngressFeature).filter((feature) => capabilities[feature].note.includes('web ACL'));
    expect(inWebAcl).toEqual([
      IngressFeature.CLIENT_ADDRESS_DIRECT,
      IngressFeature.CLIENT_ADDRESS_FORWARDED,
      IngressFeature.RATE_PER_SECOND,
      IngressFeature.RATE_PER_MINUTE,
      IngressFeature.RATE_BY_HEADER,
      IngressFeature.RATE_SCOPE_CLUSTER,
      IngressFeature.STATUS_429,
    ]);
    expect(inWebAcl.map((feature) => capabilities[feature].level)).toEqual(
      inWebAcl.map(() => CapabilityLevel.PREREQUISITE),
    );
  });

  it('refuses to leave bodies unlimited without a reason', () => {
    expectRefusal(() => objects({ acceptUnenforced: [] }), {
      what: 'AWS Load Balancer Controller 3.5.0 feature',
      value: '"body-size"',
      because: 'sees the first 8 KB',
      instead: 'choose IngressController.f5Nginx()',
    });
  });
});

describe('the network policy', () => {
  it('admits the subnets of the load balancer, because no pod connects', () => {
    const controller = IngressController.awsAlb({ ...OPTIONS, loadBalancerSubnets: ['10.0.0.0/20', '2001:db8::/64'] });
    const rules = at(networkPolicyFor(controller), 'spec.ingress') as { from: unknown }[];
    expect(rules.map(({ from }) => from)).toEqual([
      [{ ipBlock: { cidr: '10.0.0.0/20' } }],
      [{ ipBlock: { cidr: '2001:db8::/64' } }],
    ]);
  });
});
