import { Secret } from 'cdk8s-plus-28';
import { InternalTls, RestrictedService } from 'cdk8s-nim';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { nimDeployment } from '../../support/nims';
import { type CertificateFiles, TestAuthority } from '../support/certificates';
import type { DataPlane } from '../support/data-planes';
import { useEdge } from '../support/edge';

const SERVICE = 'text-embedding.embeddings.svc';

/** Calls the NIM over HTTPS, and only one whose certificate the authority signed for the name of the Service. */
export function checkBackendTls(plane: DataPlane): void {
  const directory = mkdtempSync(join(tmpdir(), 'cdk8s-nim-pods-'));
  afterAll(() => {
    rmSync(directory, { recursive: true });
  });
  const ours = new TestAuthority(directory, 'ours');
  const right = ours.issue(SERVICE);
  const edge = useEdge(plane, {
    ingress: (chart) => ({
      service: new RestrictedService(chart, 'service', {
        name: 'text-embedding',
        pods: nimDeployment(
          {
            internalTls: InternalTls.fromSecretName('api-certificate', {
              caSecret: Secret.fromSecretName(chart, 'authority', 'api-authority'),
            }),
          },
          chart,
        ),
      }),
    }),
    secrets: { 'api-authority': { 'ca.crt': ours.certificate } },
    nimCertificate: right,
  });

  it('serves what the NIM answers over HTTPS', async () => {
    expect((await edge().https({ path: '/v1/models' })).status).toBe(200);
    expect(edge().nim.seen.at(-1)).toMatchObject({ url: '/v1/models' });
  });

  it.each<[string, CertificateFiles]>([
    ['of another authority', new TestAuthority(directory, 'theirs').issue(SERVICE)],
    ['for another name', ours.issue('text-embedding.other.svc')],
  ])('asks no NIM with a certificate %s', async (_, wrong) => {
    edge().nim.present(wrong);
    const before = edge().nim.seen.length;
    expect((await edge().https({ path: '/v1/models' })).status).toBeGreaterThanOrEqual(500);
    expect(edge().nim.seen.length).toBe(before);

    edge().nim.present(right);
    expect((await edge().https({ path: '/v1/models' })).status).toBe(200);
  });
}
