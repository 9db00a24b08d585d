import { ClientAddress, IngressFeature } from 'cdk8s-nim';
import { expect, it } from 'vitest';
import { checkClientCertificates } from '../../edge/checks/client-certificates';
import { useEdge } from '../../edge/support/edge';
import { useBalancer } from '../support/balancer';
import { envoyGateway } from '../support/envoy-gateway';
import type { EnvoyGatewaySystem } from '../support/envoy-gateway-system';
import { sees } from '../support/sees';

/** How a listener that belongs to one ingress tells clients apart. */
export function checkEnvoyClients(system: () => EnvoyGatewaySystem): void {
  const ENVOY = envoyGateway(system, { ownsListener: true });

  sees([IngressFeature.CLIENT_ADDRESS_FORWARDED], 'behind a proxy that names the clients', () => {
    const edge = useEdge(ENVOY, {
      ingress: () => ({ clientAddress: ClientAddress.forwardedFor(), sourceRanges: ['203.0.113.0/24'] }),
    });

    it.each([
      ['203.0.113.5', 200],
      ['198.51.100.7, 203.0.113.5', 200],
      ['203.0.113.5, 198.51.100.7', 403],
    ])('reads the last one of "%s", and answers %i', async (addresses, status) => {
      expect((await edge().https({ headers: { 'X-Forwarded-For': addresses } })).status).toBe(status);
    });
  });

  sees([IngressFeature.CLIENT_ADDRESS_PROXY_PROTOCOL], 'behind a load balancer with the PROXY protocol', () => {
    const edge = useEdge(ENVOY, {
      ingress: () => ({ clientAddress: ClientAddress.proxyProtocol(), sourceRanges: ['127.0.0.2/32'] }),
    });
    const balancer = useBalancer(edge, '127.0.0.9', (client) => client);

    it.each([
      ['127.0.0.2', 200],
      ['127.0.0.3', 403],
    ])('reads the client %s from it, and answers %i', async (from, status) => {
      expect((await edge().https({ from }, { port: balancer() })).status).toBe(status);
    });

    it('and closes a connection without it', async () => {
      const before = edge().nim.seen.length;
      await expect(edge().https({ from: '127.0.0.2' })).rejects.toThrow();
      expect(edge().nim.seen.length).toBe(before);
    });
  });

  sees([IngressFeature.AUTH_CLIENT_CERTIFICATES], 'asks for certificates of clients', () => {
    checkClientCertificates(envoyGateway(system, { ownsListener: true, listenerSecrets: ['client-ca'] }));
  });
}
