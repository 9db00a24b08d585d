import {
  HttpMethod,
  IngressAuthentication,
  IngressController,
  IngressFeature,
  IngressPath,
  IngressTls,
  RateLimit,
  type SecureIngressProps,
} from 'cdk8s-nim';
import { describe, expect, it } from 'vitest';
import { messageOf } from '../support/refusals';
import { exception, secureIngress } from './support';

describe('a front door that moves to another controller', () => {
  it('is told all that the controller lacks in one error', () => {
    const message = messageOf(() =>
      secureIngress(IngressController.haProxy(), {
        tls: IngressTls.fromGatewayListener(),
        rateLimit: RateLimit.perClient({
          requestsPerSecond: 10,
          burst: 20,
          concurrentConnections: 4,
          header: 'X-Team',
        }),
        authentication: IngressAuthentication.oauth2Proxy({ namespace: 'auth' }),
        paths: [IngressPath.exact('/v1/embeddings', [HttpMethod.POST])],
        sourceRanges: ['10.0.0.0'],
        acceptUnenforced: [exception(IngressFeature.STATUS_429)],
      }),
    );
    const [headline, ...refused] = message.split('\n  - ');
    expect(refused.map((line) => line.split(' is refused: ')[0])).toEqual([
      'SecureIngress acceptUnenforced: "status-429"',
      ...['methods', 'concurrent-connections', 'rate-by-header', 'body-size', 'auth-external'].map(
        (feature) => `HAProxy Kubernetes Ingress Controller 3.2.11 feature: "${feature}"`,
      ),
      'HAProxy Kubernetes Ingress Controller certificate: "gateway-listener"',
      'RateLimit.perClient header: "X-Team"',
      'SecureIngress sourceRanges: "10.0.0.0"',
    ]);
    expect(headline).toBe(`${refused.length} things are refused:`);
  });

  it('is told what the controller would not take beside what it lacks', () => {
    const message = messageOf(() =>
      secureIngress(IngressController.openShiftRoute(), {
        authentication: IngressAuthentication.none('the gateway in front authenticates'),
      }),
    );
    expect(message).toContain('OpenShift Route 4.22 feature: "body-size" is refused');
    expect(message).toContain('RateLimit.perClient burst: 20 is refused: OpenShift Route counts over 10 seconds');
  });

  const oauth2ProxyByUrl = { url: 'https://sso.example.com/oauth2/auth' };
  it.each<[string, IngressController, Partial<SecureIngressProps>, string[]]>([
    [
      'Envoy Gateway',
      IngressController.envoyGateway({ gateway: { name: 'public', namespace: 'gateways' } }),
      {
        tls: IngressTls.fromGatewayListener(),
        rateLimit: RateLimit.perClient({ requestsPerSecond: 10, burst: 20 }),
        authentication: IngressAuthentication.external(oauth2ProxyByUrl),
      },
      [
        'burst: 20 is refused: Envoy Gateway counts over a second',
        'url: "https://sso.example.com/oauth2/auth" is refused: Envoy Gateway asks a Service',
        'url: "https://sso.example.com/oauth2/auth" is refused: oauth2-proxy answers 202 there',
      ],
    ],
    [
      'OpenShift Route',
      IngressController.openShiftRoute(),
      {
        rateLimit: RateLimit.perClient({ requestsPerMinute: 100, burst: 20 }),
        authentication: IngressAuthentication.none('the test'),
        paths: [IngressPath.exact('/v1'), IngressPath.exact('/v1/health')],
        responseHeaders: { Cookie: 'a', 'Set-Cookie': 'b' },
        acceptUnenforced: [exception(IngressFeature.BODY_SIZE), exception(IngressFeature.STATUS_429)],
      },
      [
        'paths: "/v1" is refused: OpenShift Route would also serve',
        'requestsPerMinute: 100 is refused: OpenShift Route counts over 10 seconds',
        'responseHeaders: "Cookie" is refused',
        'responseHeaders: "Set-Cookie" is refused',
      ],
    ],
  ])('is told all that %s would not take in one error', (_, controller, options, expected) => {
    const [headline, ...refused] = messageOf(() => secureIngress(controller, options)).split('\n  - ');
    expect(refused).toEqual(expected.map((text) => expect.stringContaining(text) as unknown));
    expect(headline).toBe(`${expected.length} things are refused:`);
  });
});
