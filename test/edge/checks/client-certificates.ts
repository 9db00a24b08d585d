import { Secret } from 'cdk8s-plus-28';
import { IngressAuthentication } from 'cdk8s-nim';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { type CertificateFiles, TestAuthority } from '../support/certificates';
import type { DataPlane } from '../support/data-planes';
import { useEdge } from '../support/edge';

/** Serves clients with a certificate that the authority signed. Others see the handshake end, or `status` where the controller has one. */
export function checkClientCertificates(plane: DataPlane, status?: number): void {
  const directory = mkdtempSync(join(tmpdir(), 'cdk8s-nim-clients-'));
  afterAll(() => {
    rmSync(directory, { recursive: true });
  });
  const ours = new TestAuthority(directory, 'ours');
  const alice = tlsOf(ours.issue('alice.example.com'));
  const mallory = tlsOf(new TestAuthority(directory, 'theirs').issue('alice.example.com'));
  const edge = useEdge(plane, {
    ingress: (chart) => ({
      authentication: IngressAuthentication.clientCertificates(Secret.fromSecretName(chart, 'ca', 'client-ca')),
    }),
    secrets: { 'client-ca': { 'ca.crt': ours.certificate } },
  });

  it('and serves one that the authority signed', async () => {
    expect((await edge().https({}, { tls: alice })).status).toBe(200);
  });

  it('and refuses none, and one of another authority', async () => {
    const before = edge().nim.seen.length;
    if (status === undefined) {
      await expect(edge().https()).rejects.toThrow(/alert certificate required/i);
      await expect(edge().https({}, { tls: mallory })).rejects.toThrow(/alert/i);
    } else {
      expect((await edge().https()).status).toBe(status);
      expect((await edge().https({}, { tls: mallory })).status).toBe(status);
    }
    expect(edge().nim.seen.length).toBe(before);
  });
}

function tlsOf({ certificate, key }: CertificateFiles): { cert: string; key: string } {
  return { cert: readFileSync(certificate, 'utf8'), key: readFileSync(key, 'utf8') };
}
