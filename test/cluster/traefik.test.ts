import { Secret } from 'cdk8s-plus-28';
import { ClientAddress, IngressFeature, IngressTls, RateLimit, TlsVersion } from 'cdk8s-nim';
import { beforeAll, describe, expect, it } from 'vitest';
import { checkAuthenticationService, checkLostAuthenticationService } from '../edge/checks/authentication-service';
import { checkBackendTls } from '../edge/checks/backend-tls';
import { checkBodySize } from '../edge/checks/body-size';
import { checkClientCertificates } from '../edge/checks/client-certificates';
import { checkPasswords, PASSWORD } from '../edge/checks/passwords';
import { checkPaths } from '../edge/checks/paths';
import { checkRedirect } from '../edge/checks/redirect';
import { checkResponseHeaders } from '../edge/checks/response-headers';
import { checkSourceRanges } from '../edge/checks/source-ranges';
import { checkTimeouts } from '../edge/checks/timeouts';
import { checkTls, handshake } from '../edge/checks/tls';
import { Edge, renderIngress, useEdge } from '../edge/support/edge';
import { burst } from '../edge/support/load';
import { DELAY_HEADER } from '../edge/support/nim-stub';
import type { Manifest } from '../support/manifests';
import { useControlPlane } from './support/control-plane';
import { apr1 } from './support/passwords';
import { sees } from './support/sees';
import { describeWith } from './support/tools';
import { installTraefikDefinitions, traefik } from './support/traefik';

describeWith(['etcd', 'kube-apiserver', 'traefik'], 'Traefik', () => {
  const controlPlane = useControlPlane();
  beforeAll(() => installTraefikDefinitions(controlPlane().api));
  const TRAEFIK = traefik(controlPlane);

  sees([IngressFeature.TLS_1_2], 'and the versions of TLS', () => {
    checkTls(TRAEFIK);
  });

  sees([IngressFeature.TLS_1_3], 'and TLS 1.3 alone', () => {
    const edge = useEdge(TRAEFIK, {
      ingress: (chart) => ({
        tls: IngressTls.fromSecret(Secret.fromSecretName(chart, 'tls', 'embeddings-tls'), {
          minimumVersion: TlsVersion.TLS_1_3,
        }),
      }),
    });

    it('refuses 1.2 and accepts 1.3', async () => {
      expect(await handshake(edge().ports.https, 'TLSv1.2')).toBe('ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION');
      expect(await handshake(edge().ports.https, 'TLSv1.3')).toBe('TLSv1.3');
    });
  });

  sees([IngressFeature.HTTPS_REDIRECT], 'sends plain HTTP to HTTPS', () => {
    checkRedirect(TRAEFIK);
  });

  sees([IngressFeature.HSTS, IngressFeature.RESPONSE_HEADERS], 'and headers of answers', () => {
    checkResponseHeaders(TRAEFIK);
  });

  sees([IngressFeature.EXACT_PATHS], 'and the paths', () => {
    checkPaths(TRAEFIK);
  });

  sees([IngressFeature.BODY_SIZE], 'and the size of bodies', () => {
    checkBodySize(TRAEFIK);
  });

  sees([IngressFeature.TIMEOUTS], 'and slow answers', () => {
    checkTimeouts(TRAEFIK);
  });

  sees([IngressFeature.BACKEND_TLS], 'calls the pods over HTTPS', () => {
    checkBackendTls(TRAEFIK);
  });

  sees([IngressFeature.SOURCE_RANGES, IngressFeature.CLIENT_ADDRESS_DIRECT], 'and source ranges', () => {
    checkSourceRanges(TRAEFIK);
  });

  sees([IngressFeature.AUTH_BASIC], 'and passwords', () => {
    const hash = apr1(PASSWORD);
    checkPasswords(TRAEFIK, { users: `alice:${hash}\n` }, hash);
  });

  sees([IngressFeature.AUTH_EXTERNAL], 'asks an authentication service', () => {
    checkAuthenticationService(TRAEFIK);
  });

  describe('and an authentication service that is down', () => {
    checkLostAuthenticationService(TRAEFIK);
  });

  sees([IngressFeature.AUTH_CLIENT_CERTIFICATES], 'asks for certificates of clients', () => {
    checkClientCertificates(TRAEFIK);
  });

  sees(
    [IngressFeature.RATE_PER_SECOND, IngressFeature.RATE_BURST, IngressFeature.STATUS_429],
    'and the rate limit',
    () => {
      const RATE = 2;
      const BURST = 6;
      const edge = useEdge(TRAEFIK, {
        ingress: () => ({ rateLimit: RateLimit.perClient({ requestsPerSecond: RATE, burst: BURST }) }),
      });

      it('admits the burst at once, and refuses the rest with 429', async () => {
        const { admitted, refused, seconds } = await burst(edge(), 30, { from: '127.0.0.2' });
        expect(admitted).toBeGreaterThanOrEqual(BURST);
        expect(admitted).toBeLessThanOrEqual(BURST + 1 + Math.ceil(RATE * seconds));
        expect(refused).toBe(30 - admitted);
      });

      it('does not punish another client for the first one', async () => {
        await burst(edge(), 30, { from: '127.0.0.3' });
        expect((await burst(edge(), 30, { from: '127.0.0.3' })).refused).toBeGreaterThan(0);
        expect((await edge().https({ from: '127.0.0.4' })).status).toBe(200);
      });

      it('is not evaded by addresses that the client claims', async () => {
        const requests = Array.from({ length: 30 }, (_, index) =>
          edge().https({
            from: '127.0.0.5',
            headers: { 'X-Forwarded-For': `203.0.113.${index}`, 'X-Real-Ip': `203.0.113.${index}` },
          }),
        );
        const statuses = (await Promise.all(requests)).map(({ status }) => status);
        expect(statuses).toContain(429);
      });

      it('has an allowance for every path, as its capability says', async () => {
        await burst(edge(), 30, { from: '127.0.0.6', path: '/v1/models' });
        expect((await edge().https({ from: '127.0.0.6', path: '/v1/embeddings' })).status).toBe(200);
        expect(note('rate-burst')).toMatch(/every path has an allowance of its own/);
      });

      function note(feature: string): string {
        const ingress = edge().objects.find(
          ({ kind, metadata }) => kind === 'Ingress' && metadata.name === 'text-embedding',
        );
        return ingress?.metadata.annotations?.[`cdk8s-nim/approximate-${feature}`] ?? '';
      }
    },
  );

  sees([IngressFeature.CONCURRENT_CONNECTIONS], 'and the number of requests under way', () => {
    const edge = useEdge(TRAEFIK, {
      ingress: () => ({
        rateLimit: RateLimit.perClient({ requestsPerSecond: 1000, burst: 1000, concurrentConnections: 3 }),
      }),
    });

    it('admits as many as asked for, and counts another client apart', async () => {
      // All of them have begun before the first one ends.
      const slowly = { headers: { [DELAY_HEADER]: '5000' } };
      const [one, other] = await Promise.all([
        burst(edge(), 8, { ...slowly, from: '127.0.0.2' }),
        burst(edge(), 3, { ...slowly, from: '127.0.0.3' }),
      ]);
      expect(one).toMatchObject({ admitted: 3, refused: 5 });
      expect(other).toMatchObject({ admitted: 3, refused: 0 });
    });
  });

  // A control: every test above fails when Traefik complains.
  it('is heard when it complains of an object', async () => {
    const broken: Manifest = {
      apiVersion: 'traefik.io/v1alpha1',
      kind: 'TLSOption',
      metadata: { name: 'control', namespace: 'embeddings' },
      spec: { clientAuth: { secretNames: ['missing'], clientAuthType: 'RequireAndVerifyClientCert' } },
    };
    const edge = await Edge.start(TRAEFIK, { objects: [...renderIngress(TRAEFIK), broken] });
    await expect(edge.stop()).rejects.toThrow(/Traefik complains:.*missing/s);
  });

  sees([IngressFeature.CLIENT_ADDRESS_FORWARDED], 'behind a proxy that names the clients', () => {
    const edge = useEdge(traefik(controlPlane, ['--entryPoints.websecure.forwardedHeaders.trustedIPs=127.0.0.2/32']), {
      ingress: () => ({ clientAddress: ClientAddress.forwardedFor(), sourceRanges: ['203.0.113.0/24'] }),
    });

    it.each([
      ['203.0.113.5', 200],
      ['198.51.100.7, 203.0.113.5', 200],
      ['203.0.113.5, 198.51.100.7', 403],
    ])('reads the last one of "%s", and answers %i', async (addresses, status) => {
      expect((await edge().https({ from: '127.0.0.2', headers: { 'X-Forwarded-For': addresses } })).status).toBe(
        status,
      );
    });

    it('does not believe anybody else', async () => {
      const headers = { 'X-Forwarded-For': '203.0.113.5' };
      expect((await edge().https({ from: '127.0.0.3', headers })).status).toBe(403);
    });
  });
});
