import { ClientAddress, IngressAuthentication, IngressFeature } from 'cdk8s-nim';
import { Secret } from 'cdk8s-plus-28';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { type CertificateFiles, TestAuthority } from '../../edge/support/certificates';
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
    const directory = mkdtempSync(join(tmpdir(), 'cdk8s-nim-clients-'));
    afterAll(() => {
      rmSync(directory, { recursive: true });
    });
    const ours = new TestAuthority(directory, 'ours');
    const alice = ours.issue('alice.example.com');
    const mallory = new TestAuthority(directory, 'theirs').issue('alice.example.com');
    const edge = useEdge(envoyGateway(system, { ownsListener: true, listenerSecrets: ['client-ca'] }), {
      ingress: (chart) => ({
        authentication: IngressAuthentication.clientCertificates(Secret.fromSecretName(chart, 'ca', 'client-ca')),
      }),
      secrets: { 'client-ca': { 'ca.crt': ours.certificate } },
    });

    it('and serves one that the authority signed', async () => {
      expect((await edge().https({}, { tls: files(alice) })).status).toBe(200);
    });

    it('and ends the handshake without one, and with one of another authority', async () => {
      const before = edge().nim.seen.length;
      await expect(edge().https()).rejects.toThrow(/alert certificate required/i);
      await expect(edge().https({}, { tls: files(mallory) })).rejects.toThrow(/alert/i);
      expect(edge().nim.seen.length).toBe(before);
    });
  });
}

function files({ certificate, key }: CertificateFiles): { cert: string; key: string } {
  return { cert: readFileSync(certificate, 'utf8'), key: readFileSync(key, 'utf8') };
}
