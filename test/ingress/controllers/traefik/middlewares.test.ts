import { Secret } from 'cdk8s-plus-28';
import {
  ClientAddress,
  IngressAuthentication,
  IngressController,
  RateLimit,
  RateLimitScope,
  SecureIngress,
  type SecureIngressProps,
  type TraefikOptions,
} from 'cdk8s-nim';
import { describe, expect, it } from 'vitest';
import { at, type Manifest, render, testChart } from '../../../support/manifests';
import type { Given } from '../../../support/nims';
import { expectRefusal } from '../../../support/refusals';
import { annotationsOf, controllerObjects, minimalProps } from '../../support';
import { chain, middleware } from './support';

function objects(props: Given<SecureIngressProps> = {}, options: TraefikOptions = {}): Manifest[] {
  return controllerObjects(IngressController.traefik(options), props);
}

describe('the order of the Middlewares', () => {
  it('is headers, addresses, limits, authentication, body', () => {
    const rendered = objects({
      sourceRanges: ['203.0.113.0/24'],
      rateLimit: RateLimit.perClient({ requestsPerSecond: 10, burst: 20, concurrentConnections: 4 }),
      authentication: IngressAuthentication.external({ url: 'http://auth.auth.svc/check' }),
    });
    expect(chain(rendered)).toEqual([
      'headers',
      'source-ranges',
      'rate-limit',
      'concurrency',
      'authentication',
      'body-size',
    ]);
  });
});

describe('behind trusted proxies', () => {
  const behind = (clientAddress: ClientAddress): Manifest[] =>
    objects({
      clientAddress,
      sourceRanges: ['203.0.113.0/24'],
      rateLimit: RateLimit.perClient({ requestsPerSecond: 10, burst: 20, concurrentConnections: 4 }),
    });

  it('counts and admits by the entry of X-Forwarded-For that the first trusted proxy wrote', () => {
    const rendered = behind(ClientAddress.forwardedFor(2));
    const byDepth = { ipStrategy: { depth: 2, ipv6Subnet: 64 } };
    expect(at(middleware(rendered, 'rate-limit'), 'rateLimit.sourceCriterion')).toEqual(byDepth);
    expect(at(middleware(rendered, 'concurrency'), 'inFlightReq.sourceCriterion')).toEqual(byDepth);
    expect(at(middleware(rendered, 'source-ranges'), 'ipAllowList.ipStrategy')).toEqual({ depth: 2 });
  });

  it('says what the entry point has to trust', () => {
    const annotations = annotationsOf(behind(ClientAddress.forwardedFor()), 'Ingress', 'embeddings');
    expect(annotations['cdk8s-nim/prerequisite-client-address-forwarded']).toContain('forwardedHeaders.trustedIPs');
  });

  it('reads the connecting address with the PROXY protocol', () => {
    const rendered = behind(ClientAddress.proxyProtocol());
    expect(at(middleware(rendered, 'rate-limit'), 'rateLimit.sourceCriterion')).toEqual({
      ipStrategy: { ipv6Subnet: 64 },
    });
    expect(annotationsOf(rendered, 'Ingress', 'embeddings')).toHaveProperty(
      ['cdk8s-nim/prerequisite-client-address-proxy-protocol'],
      expect.stringContaining('proxyProtocol.trustedIPs'),
    );
  });
});

describe('with Redis', () => {
  const rateLimit = RateLimit.perClient({ requestsPerSecond: 10, burst: 20, scope: RateLimitScope.CLUSTER });

  it('takes the password and the authority from Secrets', () => {
    const chart = testChart();
    const controller = IngressController.traefik({
      redis: {
        endpoints: ['redis-0.redis.ingress.svc:6379', 'redis-1.redis.ingress.svc:6379'],
        secret: Secret.fromSecretName(chart, 'redis', 'redis-login'),
        caSecret: Secret.fromSecretName(chart, 'redis-ca', 'redis-ca'),
      },
    });
    new SecureIngress(chart, 'ingress', { ...minimalProps(chart), controller, rateLimit });
    expect(at(middleware(render(chart), 'rate-limit'), 'rateLimit.redis')).toEqual({
      endpoints: ['redis-0.redis.ingress.svc:6379', 'redis-1.redis.ingress.svc:6379'],
      secret: 'redis-login',
      tls: { caSecret: 'redis-ca' },
    });
  });

  it('still counts for each replica unless the scope is the cluster', () => {
    const rendered = objects({}, { redis: { endpoints: ['redis.ingress.svc:6379'] } });
    expect(at(middleware(rendered, 'rate-limit'), 'rateLimit')).not.toHaveProperty('redis');
  });

  it('refuses the scope of the cluster without it, and names the option', () => {
    expectRefusal(() => objects({ rateLimit }), {
      what: 'Traefik 3.7.9 feature',
      value: '"rate-scope-cluster"',
      because: 'the option redis of IngressController.traefik',
      instead: 'acceptUnenforced: [{ feature: IngressFeature.RATE_SCOPE_CLUSTER',
    });
  });

  it.each([[[]], [['redis']], [['redis://redis:6379']]])('refuses the endpoints %j', (endpoints) => {
    expectRefusal(() => IngressController.traefik({ redis: { endpoints } }), {
      what: 'IngressController.traefik redis endpoints',
      value: JSON.stringify(endpoints),
      because: 'every endpoint is a host and a port',
      instead: 'write for example ["redis.ingress.svc.cluster.local:6379"]',
    });
  });

  it('refuses a Secret with an impossible name', () => {
    const secret = Secret.fromSecretName(testChart(), 'redis', 'Redis Login');
    expectRefusal(() => IngressController.traefik({ redis: { endpoints: ['redis:6379'], secret } }), {
      what: 'IngressController.traefik redis secret',
      value: '"Redis Login"',
      because: 'an object name is',
      instead: 'kubectl get',
    });
  });
});
