import { Secret } from 'cdk8s-plus-28';
import {
  ApiScheme,
  IngressController,
  IngressFeature,
  IngressTls,
  InternalTls,
  RateLimit,
  type SecureIngressProps,
} from 'cdk8s-nim';
import { describe, expect, it } from 'vitest';
import { requireCapabilities } from '../../lib/ingress/capabilities';
import { envoyGateway } from '../support/envoy-gateway';
import { WITHOUT_BODY_LIMIT } from '../support/ha-proxy';
import { AUTHORITY, INTERNAL_TLS } from '../support/internal-tls';
import { at, find, type Manifest, testChart } from '../support/manifests';
import { type Given, given } from '../support/nims';
import { WITHOUT_429 } from '../support/openshift-route';
import { expectRefusal } from '../support/refusals';
import { annotationsOf, apiService, exception, minimalProps, overTls, renderIngress, secureIngress } from './support';

const SERVER = 'encrypted.embeddings.svc';

function render(controller: IngressController, props: Given<SecureIngressProps> = {}, tls = INTERNAL_TLS): Manifest[] {
  return renderIngress(controller, (chart) => ({ ...given(overTls(tls), chart), ...given(props, chart) }));
}

describe('a service that speaks TLS', () => {
  it('is called over HTTPS and checked by Traefik', () => {
    const rendered = render(IngressController.traefik());
    expect(find(rendered, 'ServersTransport')['spec']).toMatchObject({
      serverName: SERVER,
      rootCAs: [{ secret: 'api-authority' }],
    });
    expect(find(rendered, 'Service', 'encrypted').metadata.annotations).toEqual({
      'traefik.ingress.kubernetes.io/service.serverstransport': 'embeddings-embeddings@kubernetescrd',
      'traefik.ingress.kubernetes.io/service.serversscheme': 'https',
    });
  });

  it('is called over HTTPS and checked by ingress-nginx', () => {
    expect(annotationsOf(render(IngressController.ingressNginx()), 'Ingress')).toMatchObject({
      'nginx.ingress.kubernetes.io/backend-protocol': 'HTTPS',
      'nginx.ingress.kubernetes.io/proxy-ssl-secret': 'embeddings/api-authority',
      'nginx.ingress.kubernetes.io/proxy-ssl-verify': 'on',
      'nginx.ingress.kubernetes.io/proxy-ssl-name': SERVER,
      'nginx.ingress.kubernetes.io/proxy-ssl-server-name': 'on',
      'nginx.ingress.kubernetes.io/proxy-ssl-protocols': 'TLSv1.2 TLSv1.3',
    });
  });

  it('is called over HTTPS and checked by F5 NGINX', () => {
    const rendered = render(IngressController.f5Nginx());
    expect(annotationsOf(rendered, 'Ingress')).toMatchObject({
      'nginx.org/ssl-services': 'encrypted',
      'nginx.org/policies': 'embeddings-backend-tls',
    });
    expect(find(rendered, 'Policy', 'embeddings-backend-tls')['spec']).toEqual({
      egressMTLS: {
        trustedCertSecret: 'api-authority',
        verifyServer: true,
        serverName: true,
        sslName: SERVER,
        protocols: 'TLSv1.2 TLSv1.3',
      },
    });
  });

  it('is called over HTTPS by HAProxy, which checks who signed, and is called in no other way', () => {
    const rendered = render(IngressController.haProxy(), { acceptUnenforced: [WITHOUT_BODY_LIMIT] });
    expect(annotationsOf(rendered, 'Ingress')['haproxy.org/server-ca']).toBe('embeddings/api-authority');
    expect(annotationsOf(rendered, 'Ingress')).not.toHaveProperty('haproxy.org/server-ssl');
    expect(annotationsOf(rendered, 'Ingress')['cdk8s-nim/approximate-backend-tls']).toContain('whatever its name');
  });

  it('is called over HTTPS and checked by Envoy Gateway', () => {
    const props = { tls: IngressTls.fromGatewayListener(), rateLimit: rate(10, 10) };
    expect(find(render(envoyGateway(), props), 'BackendTLSPolicy')).toMatchObject({
      metadata: { name: 'embeddings', namespace: 'embeddings' },
      spec: {
        targetRefs: [{ group: '', kind: 'Service', name: 'encrypted' }],
        validation: {
          hostname: SERVER,
          caCertificateRefs: [{ group: '', kind: 'Secret', name: 'api-authority' }],
        },
      },
    });
  });

  it('is encrypted again by OpenShift, which checks who signed', () => {
    const rendered = render(IngressController.openShiftRoute(), {
      rateLimit: rate(10, 100),
      acceptUnenforced: [WITHOUT_BODY_LIMIT, WITHOUT_429],
    });
    expect(at(find(rendered, 'Route', 'embeddings-v1-models'), 'spec.tls')).toEqual({
      termination: 'reencrypt',
      insecureEdgeTerminationPolicy: 'Redirect',
      externalCertificate: { name: 'embeddings-tls' },
      destinationCACertificate: AUTHORITY,
    });
    expect(annotationsOf(rendered, 'Route', 'embeddings-v1-embeddings')['cdk8s-nim/approximate-backend-tls']).toContain(
      'whatever its name',
    );
  });

  it('is called and probed over HTTPS by a load balancer of AWS, which says that it does not check', () => {
    const controller = IngressController.awsAlb({
      webAclArn: 'arn:aws:wafv2:eu-central-1:123456789012:regional/webacl/embeddings/3ab78708',
      loadBalancerSubnets: ['10.0.0.0/20'],
    });
    const rendered = render(controller, {
      tls: IngressTls.fromAcmCertificate('arn:aws:acm:eu-central-1:123456789012:certificate/12345678'),
      rateLimit: RateLimit.perClient({ requestsPerMinute: 600, burst: 600 }),
      acceptUnenforced: [WITHOUT_BODY_LIMIT],
    });
    expect(annotationsOf(rendered, 'Ingress')).toMatchObject({
      'alb.ingress.kubernetes.io/backend-protocol': 'HTTPS',
      'alb.ingress.kubernetes.io/healthcheck-protocol': 'HTTPS',
      'cdk8s-nim/approximate-backend-tls': expect.stringContaining('does not check the certificate') as string,
    });
  });

  it('is checked by the Secret of its certificate, where cert-manager writes the authority', () => {
    const tls = InternalTls.fromCertManager({ clusterIssuer: 'internal-ca' });
    const rendered = render(IngressController.traefik(), {}, tls);
    expect(at(find(rendered, 'ServersTransport'), 'spec.rootCAs')).toEqual([{ secret: 'encrypted-internal-tls' }]);
    expect(at(find(rendered, 'Certificate', 'encrypted-internal-tls'), 'spec.dnsNames')).toContain(SERVER);
  });
});

describe('a service that speaks TLS is refused', () => {
  it('where nothing says which certificate it shows', () => {
    const scheme = (chart = testChart()): SecureIngressProps => ({
      ...minimalProps(chart),
      controller: IngressController.traefik(),
      service: apiService(chart, { scheme: ApiScheme.HTTPS }, 'encrypted'),
    });
    expectRefusal(() => secureIngress(IngressController.traefik(), scheme()), {
      what: 'SecureIngress service scheme',
      value: '"https"',
      because: 'nothing says which certificate the pods show, so no ingress controller can check it',
      instead: 'write tls: InternalTls.fromSecretName(…) beside the scheme, or let the pods listen without TLS',
    });
  });

  it.each([
    [IngressController.f5Nginx(), {}, 'a Secret of type nginx.org/ca with the key ca.crt'],
    [IngressController.haProxy(), { acceptUnenforced: [WITHOUT_BODY_LIMIT] }, 'the key tls.crt of a Secret'],
  ])('by $0.name, which needs a Secret for the authority', (controller, props, needed) => {
    expectRefusal(() => render(controller, props, InternalTls.fromSecretName('api-certificate')), {
      what: 'InternalTls caSecret',
      value: 'nothing',
      because: `${controller.name} takes the authority from ${needed}`,
      instead: 'name such a Secret as caSecret of the InternalTls, or choose another controller',
    });
  });

  it('by OpenShift, which needs the authority itself', () => {
    const props = { rateLimit: rate(10, 100), acceptUnenforced: [WITHOUT_BODY_LIMIT, WITHOUT_429] };
    const caSecret = Secret.fromSecretName(testChart(), 'ca', 'api-authority');
    const tls = InternalTls.fromSecretName('api-certificate', { caSecret });
    expectRefusal(() => render(IngressController.openShiftRoute(), props, tls), {
      what: 'InternalTls caCertificate',
      value: '"api-certificate"',
      because: 'OpenShift Route reads no Secret for it',
      instead: 'write the certificate of the authority in PEM as caCertificate of the InternalTls',
    });
  });

  const old = IngressController.f5Nginx({ version: '5.4.0' });

  it('by a controller that is too old', () => {
    expectRefusal(() => render(old), {
      what: `${old.name} 5.4.0 feature`,
      value: '"backend-tls"',
      because: `it needs ${old.name} 5.5.0 or newer`,
      instead: 'or leave out internalTls, or the scheme HTTPS of pods of your own',
    });
  });

  it('also when somebody accepts it', () => {
    const accepted = [exception(IngressFeature.BACKEND_TLS)];
    expectRefusal(() => requireCapabilities(old._profile, [IngressFeature.BACKEND_TLS], accepted), {
      what: 'SecureIngress acceptUnenforced',
      value: '"backend-tls"',
      because: 'the service speaks TLS only, and a controller that does not would never reach it',
      instead: 'leave out internalTls, or the scheme HTTPS of pods of your own',
    });
  });
});

function rate(requestsPerSecond: number, burst: number): RateLimit {
  return RateLimit.perClient({ requestsPerSecond, burst });
}
