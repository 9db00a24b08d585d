import { HttpMethod, IngressFeature, IngressPath, IngressTls, TlsVersion } from 'cdk8s-nim';
import { expect, it } from 'vitest';
import { checkBackendTls } from '../edge/checks/backend-tls';
import { checkBodySize } from '../edge/checks/body-size';
import { checkPaths } from '../edge/checks/paths';
import { checkRedirect } from '../edge/checks/redirect';
import { checkResponseHeaders } from '../edge/checks/response-headers';
import { checkSourceRanges } from '../edge/checks/source-ranges';
import { checkTimeouts } from '../edge/checks/timeouts';
import { checkTls, handshake } from '../edge/checks/tls';
import { useEdge } from '../edge/support/edge';
import { checkEnvoyAuthentication } from './checks/envoy-authentication';
import { checkEnvoyClients } from './checks/envoy-clients';
import { checkEnvoyRates } from './checks/envoy-rates';
import { useControlPlane } from './support/control-plane';
import { envoyGateway } from './support/envoy-gateway';
import { useEnvoyGateway } from './support/envoy-gateway-system';
import { sees } from './support/sees';
import { describeWith } from './support/tools';

const COMPONENTS = ['etcd', 'kube-apiserver', 'envoy-gateway', 'envoy', 'ratelimit', 'redis-server'] as const;

/** Its ports are always the same ones, so there is one of it at a time: everything about it is in this file. */
describeWith(COMPONENTS, 'Envoy Gateway', () => {
  const system = useEnvoyGateway(useControlPlane());
  const ENVOY = envoyGateway(system);
  const OWN_LISTENER = envoyGateway(system, { ownsListener: true });

  sees([IngressFeature.TLS_1_2], 'and the versions of TLS', () => {
    checkTls(ENVOY);
  });

  sees([IngressFeature.TLS_1_3], 'and TLS 1.3 alone', () => {
    const edge = useEdge(OWN_LISTENER, {
      ingress: () => ({ tls: IngressTls.fromGatewayListener({ minimumVersion: TlsVersion.TLS_1_3 }) }),
    });

    it('refuses 1.2 and accepts 1.3', async () => {
      expect(await handshake(edge().ports.https, 'TLSv1.2')).toBe('ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION');
      expect(await handshake(edge().ports.https, 'TLSv1.3')).toBe('TLSv1.3');
    });
  });

  sees([IngressFeature.HTTPS_REDIRECT], 'sends plain HTTP to HTTPS', () => {
    checkRedirect(ENVOY);
  });

  sees([IngressFeature.HSTS, IngressFeature.RESPONSE_HEADERS], 'and headers of answers', () => {
    checkResponseHeaders(ENVOY);
  });

  sees([IngressFeature.EXACT_PATHS], 'and the paths', () => {
    checkPaths(ENVOY);
  });

  sees([IngressFeature.METHODS], 'and methods', () => {
    const edge = useEdge(ENVOY, {
      ingress: () => ({ paths: [IngressPath.exact('/v1/embeddings', [HttpMethod.POST])] }),
    });

    it('serves the listed one, and does not ask the NIM for another one', async () => {
      const path = '/v1/embeddings';
      expect((await edge().https({ method: 'POST', path, body: '{}' })).status).toBe(200);
      const before = edge().nim.seen.length;
      for (const method of ['GET', 'PUT', 'DELETE', 'OPTIONS', 'TRACE', 'post']) {
        expect((await edge().https({ method, path })).status).toBeGreaterThanOrEqual(400);
      }
      expect(edge().nim.seen.length).toBe(before);
    });
  });

  sees([IngressFeature.BODY_SIZE], 'and the size of bodies', () => {
    checkBodySize(ENVOY);
  });

  sees([IngressFeature.TIMEOUTS], 'and slow answers', () => {
    checkTimeouts(ENVOY);
  });

  sees([IngressFeature.BACKEND_TLS], 'calls the pods over HTTPS', () => {
    checkBackendTls(ENVOY);
  });

  sees([IngressFeature.SOURCE_RANGES, IngressFeature.CLIENT_ADDRESS_DIRECT], 'and source ranges', () => {
    checkSourceRanges(ENVOY);
  });

  checkEnvoyClients(system);
  checkEnvoyAuthentication(system);
  checkEnvoyRates(system);
});
