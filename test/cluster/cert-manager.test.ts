import { Duration } from 'cdk8s';
import { IngressController, IngressTls } from 'cdk8s-nim';
import { beforeAll, describe, expect, it } from 'vitest';
import { at, find, type Manifest, render, testChart } from '../support/manifests';
import { ingressOptions, textEmbeddingNim } from '../support/nims';
import { type ApiClient, ApiError, type LiveObject } from './support/api-client';
import { issued, selfSigned, useCertManager } from './support/cert-manager';
import { useControlPlane } from './support/control-plane';
import { eventually } from './support/eventually';
import { secretIn } from './support/external-secrets';
import { frontDoorPrograms } from './support/front-doors';
import { complaintWith, expectNoComplaints } from './support/logs';
import { applyAll, prepareFor } from './support/namespaces';
import { namespaceOfItsOwn } from './support/programs';
import { describeWith } from './support/tools';

const HOST = 'embeddings.example.com';
/** One program for each controller that has its certificate from cert-manager. */
const PROGRAMS = frontDoorPrograms(namespaceOfItsOwn).filter(
  ({ name, objects }) => name.endsWith(' tls-1.2') && objects.some(({ kind }) => kind === 'Certificate'),
);

it('five controllers have their certificate from cert-manager', () => {
  expect(PROGRAMS).toHaveLength(5);
});

describeWith(['etcd', 'kube-apiserver', 'cert-manager'], 'cert-manager', () => {
  const plane = useControlPlane();
  const certManager = useCertManager(plane);
  const NO_AUTHORITY = 'no-authority';
  expectNoComplaints('cert-manager', certManager, (line) => line.includes(NO_AUTHORITY));
  beforeAll(async () => {
    await plane().api.apply(selfSigned('letsencrypt'));
  });

  it.each(PROGRAMS)('fills the Secret that the way in names: $name', async ({ objects }) => {
    const certificate = find(objects, 'Certificate');
    const namespace = certificate.metadata.namespace ?? '';
    await prepareFor(plane().api, objects);
    await applyAll(plane().api, objects);

    const names = new Set(objects.flatMap(secretsOf));
    expect(names.size).toBe(1);
    for (const name of names) {
      expect((await issued(plane().api, namespace, name)).subjectAltName).toBe(`DNS:${HOST}`);
    }
    await ready(plane().api, certificate);
    // What reads Ingresses makes a second one where an annotation asks for it.
    expect((await plane().api.list('cert-manager.io/v1', 'Certificate', namespace)).map(nameOf)).toEqual([
      nameOf(certificate),
    ]);
  });

  describe('with an Issuer of the namespace and lifetimes', () => {
    const namespace = 'lifetimes';
    const objects = doorWith(
      namespace,
      IngressTls.fromIssuer('internal', {
        secretName: 'front-door',
        duration: Duration.days(30),
        renewBefore: Duration.days(10),
      }),
    );
    beforeAll(async () => {
      await prepareFor(plane().api, objects);
      await plane().api.apply(selfSigned('internal', namespace));
      await applyAll(plane().api, objects);
    });

    it('issues for that long, and means to renew in time', async () => {
      const { validFrom, validTo } = await issued(plane().api, namespace, 'front-door');
      expect(Date.parse(validTo) - Date.parse(validFrom)).toBe(30 * 24 * 3600 * 1000);
      const status = at(await ready(plane().api, find(objects, 'Certificate')), 'status');
      const time = (field: string): number => Date.parse(at(status, field) as string);
      expect(time('notAfter') - time('renewalTime')).toBe(10 * 24 * 3600 * 1000);
    });

    it('takes a new key when it renews', async () => {
      const certificate = find(objects, 'Certificate');
      const before = await issued(plane().api, namespace, 'front-door');
      await renew(plane().api, certificate);
      const after = await eventually('another certificate', async () => {
        const now = await issued(plane().api, namespace, 'front-door');
        return now.serialNumber === before.serialNumber ? undefined : now;
      });
      expect(after.publicKey.equals(before.publicKey)).toBe(false);
    });
  });

  it('says so when there is no issuer, and makes no Secret', async () => {
    const objects = doorWith('no-issuer', IngressTls.fromClusterIssuer('missing'));
    await prepareFor(plane().api, objects);
    await applyAll(plane().api, objects);
    await eventually('an event that names the issuer', async () => {
      const events = await plane().api.list('v1', 'Event', 'no-issuer');
      return events.some(({ reason, message }) => reason === 'IssuerNotFound' && String(message).includes('missing'))
        ? true
        : undefined;
    });
    expect(await secretIn(plane().api, 'no-issuer', 'text-embedding-tls')).toBeUndefined();
  });

  // A control: the tests above fail when cert-manager complains.
  it('is heard when it complains of an object', async () => {
    const issuer = { ...selfSigned(NO_AUTHORITY, NO_AUTHORITY), spec: { ca: { secretName: NO_AUTHORITY } } };
    await prepareFor(plane().api, [issuer]);
    await plane().api.apply(issuer);
    expect(await complaintWith(NO_AUTHORITY, 'cert-manager', certManager)).toContain('not found');
  });

  it('fills the Secret of a Gateway whose owner asks it to', async () => {
    const gateway: Manifest = {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'Gateway',
      metadata: {
        name: 'public',
        namespace: 'gateways',
        annotations: { 'cert-manager.io/cluster-issuer': 'letsencrypt' },
      },
      spec: {
        gatewayClassName: 'envoy',
        listeners: [
          {
            name: 'https',
            hostname: HOST,
            port: 443,
            protocol: 'HTTPS',
            tls: { mode: 'Terminate', certificateRefs: [{ name: 'embeddings-tls' }] },
          },
        ],
      },
    };
    await prepareFor(plane().api, [gateway]);
    await plane().api.apply(gateway);
    expect((await issued(plane().api, 'gateways', 'embeddings-tls')).subjectAltName).toBe(`DNS:${HOST}`);
  });
});

function doorWith(namespace: string, tls: IngressTls): Manifest[] {
  const chart = testChart({ namespace });
  textEmbeddingNim({ ingress: { ...ingressOptions(chart), controller: IngressController.traefik(), tls } }, chart);
  return render(chart);
}

/** The Secrets with certificates that an object names. */
function secretsOf(object: Manifest): string[] {
  const tls = (at(object, 'spec.tls') ?? []) as readonly { readonly secretName: string }[] | object;
  const external = at(object, 'spec.tls.externalCertificate.name');
  return object.kind === 'Ingress' && Array.isArray(tls)
    ? tls.map(({ secretName }: { readonly secretName: string }) => secretName)
    : [external].filter((name) => typeof name === 'string');
}

function ready(api: ApiClient, certificate: Manifest): Promise<LiveObject> {
  return eventually(`${nameOf(certificate)} is ready`, async () => {
    const live = await api.get(certificate);
    return isTrue(live, 'Ready') ? live : undefined;
  });
}

/**
 * Asks for another certificate, as `cmctl renew` does. The Secret is ready before cert-manager has written that it is done and has taken
 * the next key away: a request before that is lost.
 */
async function renew(api: ApiClient, certificate: Manifest): Promise<void> {
  await eventually(`${nameOf(certificate)} may be renewed`, async () => {
    const live = await ready(api, certificate);
    if (isTrue(live, 'Issuing') || at(live, 'status.nextPrivateKeySecretName') !== undefined) {
      return undefined;
    }
    const { resourceVersion } = live.metadata;
    const issuing = { type: 'Issuing', status: 'True', reason: 'Test', message: 'as cmctl renew does' };
    const status = { conditions: [...conditionsOf(live), issuing] };
    return api.patch(certificate, { metadata: { resourceVersion }, status }, 'status').catch((error: unknown) => {
      // Somebody wrote it in between, and has something to do with it yet.
      if (error instanceof ApiError && error.answer.status === 409) return undefined;
      throw error;
    });
  });
}

interface Condition {
  readonly type: string;
  readonly status: string;
}

function conditionsOf(certificate: LiveObject | undefined): readonly Condition[] {
  return (at(certificate, 'status.conditions') ?? []) as readonly Condition[];
}

function isTrue(certificate: LiveObject | undefined, type: string): boolean {
  return conditionsOf(certificate).some((condition) => condition.type === type && condition.status === 'True');
}

function nameOf({ metadata }: Manifest): string {
  return metadata.name;
}
