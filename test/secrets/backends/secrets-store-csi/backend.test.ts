import { PersistentVolumeAccessMode, PersistentVolumeClaim, Secret } from 'cdk8s-plus-28';
import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from 'vitest';
import {
  ContainerImage,
  ModelCache,
  NgcCredentials,
  type NgcSecretsStoreCsiProps,
  type NimDeploymentProps,
  NimVolume,
} from 'cdk8s-nim';
import { at, find, inventory, type Manifest, render, testChart } from '../../../support/manifests';
import { nimDeployment } from '../../../support/nims';
import { expectRefusal } from '../../../support/refusals';
import { rulesAgainst } from '../../../support/rules';
import { isManifest } from '../../../../lib/manifests/manifest';

const base: NgcSecretsStoreCsiProps = {
  provider: 'vault',
  parameters: {
    roleName: 'nim',
    objects: '- objectName: ngc-key\n  secretPath: kv/data/nvidia/ngc\n  secretKey: api-key\n',
  },
  objectName: 'ngc-key',
  pullSecretName: 'ngc-secret',
};

function make(props: Partial<NgcSecretsStoreCsiProps> = {}): NgcCredentials {
  return NgcCredentials.fromSecretsStoreCsi(testChart(), 'ngc', { ...base, ...props });
}

/** A NIM with such credentials. */
function nim(props: Partial<NimDeploymentProps> = {}, credentials: Partial<NgcSecretsStoreCsiProps> = {}): Manifest[] {
  const chart = testChart();
  nimDeployment(
    { credentials: NgcCredentials.fromSecretsStoreCsi(chart, 'credentials', { ...base, ...credentials }), ...props },
    chart,
  );
  return render(chart);
}

const VOLUME = {
  name: 'ngc-api-key',
  csi: {
    driver: 'secrets-store.csi.k8s.io',
    readOnly: true,
    volumeAttributes: { secretProviderClass: 'ngc-api-secret' },
  },
};
const MOUNT = { name: 'ngc-api-key', mountPath: '/mnt/ngc-api-key', readOnly: true };
const KEY = { name: 'NGC_API_KEY', valueFrom: { secretKeyRef: { name: 'ngc-api-secret', key: 'NGC_API_KEY' } } };

interface ContainerFields {
  readonly name: string;
  readonly volumeMounts?: readonly unknown[];
  readonly env?: readonly unknown[];
}

/** The containers of the pods of an object, with what each has of the key. */
function keyHolders(object: Manifest): Record<string, { mounts: boolean; key: boolean }> {
  const pod = at(object, 'spec.template.spec') as Record<string, ContainerFields[] | undefined>;
  const has = (list: readonly unknown[] = [], wanted: object): boolean =>
    list.some((member) => isDeepStrictEqual(member, wanted));
  return Object.fromEntries(
    [...(pod['initContainers'] ?? []), ...(pod['containers'] ?? [])].map(({ name, volumeMounts, env }) => [
      name,
      { mounts: has(volumeMounts, MOUNT), key: has(env, KEY) },
    ]),
  );
}

const volumesOf = (object: Manifest): unknown[] => at(object, 'spec.template.spec.volumes') as unknown[];

describe('credentials from the Secrets Store CSI driver', () => {
  it('are one SecretProviderClass, of which the driver makes the Secret with the API key', () => {
    const objects = nim();
    expect(inventory(objects)).toContain('SecretProviderClass ngc-api-secret');
    expect(find(objects, 'SecretProviderClass', 'ngc-api-secret')).toEqual({
      apiVersion: 'secrets-store.csi.x-k8s.io/v1',
      kind: 'SecretProviderClass',
      metadata: {
        name: 'ngc-api-secret',
        namespace: 'embeddings',
        labels: {
          'app.kubernetes.io/name': 'ngc-credentials',
          'app.kubernetes.io/part-of': 'nemo-retriever',
          'app.kubernetes.io/managed-by': 'cdk8s',
        },
      },
      spec: {
        provider: 'vault',
        parameters: { objects: base.parameters['objects'], roleName: 'nim' },
        secretObjects: [
          { secretName: 'ngc-api-secret', type: 'Opaque', data: [{ objectName: 'ngc-key', key: 'NGC_API_KEY' }] },
        ],
      },
    });
  });

  it('have a Secret and a key of other names', () => {
    const objects = nim({}, { apiKeySecretName: 'ngc-api', apiKeySecretKey: 'KEY' });
    expect(at(find(objects, 'SecretProviderClass', 'ngc-api'), 'spec.secretObjects.0')).toMatchObject({
      secretName: 'ngc-api',
      data: [{ key: 'KEY' }],
    });
    expect(JSON.stringify(find(objects, 'Deployment', 'text-embedding'))).toContain('"secretProviderClass":"ngc-api"');
  });

  it('are mounted by the NIM that reads the key, so that the Secret is there', () => {
    const deployment = find(nim(), 'Deployment', 'text-embedding');
    expect(volumesOf(deployment)).toContainEqual(VOLUME);
    expect(keyHolders(deployment)).toEqual({ nim: { mounts: true, key: true } });
    expect(at(deployment, 'spec.template.spec.imagePullSecrets')).toEqual([{ name: 'ngc-secret' }]);
  });

  it('are mounted by an init container that asks for the key, and by no other', () => {
    const image = ContainerImage.fromReference('registry.example.com/init:1.0.0');
    const deployment = find(
      nim({
        initContainers: [
          { name: 'fetch', image, withNgcApiKey: true },
          { name: 'other', image },
        ],
      }),
      'Deployment',
      'text-embedding',
    );
    expect(keyHolders(deployment)).toEqual({
      fetch: { mounts: true, key: true },
      other: { mounts: false, key: false },
      nim: { mounts: true, key: true },
    });
  });

  it('are mounted by the Job that fills a cache, and not by the pods that have no key', () => {
    const objects = nim({ modelCache: ModelCache.prefetched(ModelCache.claim()) });
    const job = objects.find(({ kind }) => kind === 'Job');
    expect(keyHolders(job!)).toEqual({
      download: { mounts: true, key: true },
      complete: { mounts: true, key: true },
    });
    expect(volumesOf(job!)).toContainEqual(VOLUME);
    const deployment = find(objects, 'Deployment', 'text-embedding');
    expect(keyHolders(deployment)).toEqual({ nim: { mounts: false, key: false } });
    expect(volumesOf(deployment)).not.toContainEqual(VOLUME);
  });

  it('are what the guardrails ask for', () => {
    const objects = nim({
      modelCache: ModelCache.existingClaim(PersistentVolumeClaim.fromClaimName(testChart(), 'claim', 'models'), {
        accessMode: PersistentVolumeAccessMode.READ_WRITE_MANY,
      }),
    }).filter(isManifest);
    const about = ['secret-while-mounted', 'secret-has-key', 'no-literal-secret', 'pod-security-restricted'];
    expect(rulesAgainst(objects).filter((id) => about.includes(id))).toEqual([]);
  });

  it('say nothing of a volume where the Secret is there without one', () => {
    expect(make().apiKeyVolume).toEqual(VOLUME);
    expect(NgcCredentials.fromSecretNames(testChart(), 'ngc').apiKeyVolume).toBeUndefined();
  });
});

describe('credentials from the Secrets Store CSI driver are refused', () => {
  it('without a word on the pull secret, which the driver cannot make', () => {
    const { pullSecretName, ...props } = base;
    expect(pullSecretName).toBeDefined();
    expectRefusal(() => NgcCredentials.fromSecretsStoreCsi(testChart(), 'ngc', props), {
      what: 'NgcCredentials pullSecretName',
      value: 'nothing',
      because: 'the kubelet needs the pull secret to start that pod',
      instead:
        'name a Secret that something else makes, for example pullSecretName: "ngc-secret", or write withoutPullSecret: true',
    });
    expect(() =>
      NgcCredentials.fromSecretsStoreCsi(testChart(), 'ngc', { ...props, withoutPullSecret: true }),
    ).not.toThrow();
  });

  it('for air-gapped pods', () => {
    expectRefusal(() => make({ airGapped: true }), {
      what: 'NgcCredentials airGapped',
      value: 'true',
      because: 'the driver makes the Secret with the API key only, and air-gapped pods get none',
      instead: 'write NgcCredentials.fromSecretNames(chart, id, { airGapped: true })',
    });
  });

  it('without parameters', () => {
    expectRefusal(() => make({ parameters: {} }), {
      what: 'NgcCredentials parameters',
      value: '{}',
      because: 'without parameters the provider reads nothing',
      instead: 'write what the provider documents',
    });
  });

  it('with a credential in a parameter', () => {
    expectRefusal(() => make({ parameters: { objects: 'ngc-key nvapi-canary' } }), {
      what: 'NgcCredentials parameters objects',
      value: '"(hidden)"',
      because: 'it holds an NVIDIA API key',
      instead: 'store the value in your secret manager',
    });
  });

  it('with a file that no parameter names', () => {
    expectRefusal(() => make({ objectName: 'ngc-kye' }), {
      what: 'NgcCredentials objectName',
      value: '"ngc-kye"',
      because: 'no parameter names it, and the driver makes no Secret of a file that is not there',
      instead: 'write it as the parameters do; the alias, where they give the entry one',
    });
  });

  it('with a name of a provider that nothing can have', () => {
    expect(() => make({ provider: 'Vault' })).toThrow(/^NgcCredentials provider: "Vault" is refused/);
  });

  it('under a volume of the caller at the same path', () => {
    const secret = Secret.fromSecretName(testChart(), 'files', 'files');
    expect(() => nim({ volumes: { files: NimVolume.fromSecret('/mnt/ngc-api-key/files', secret) } })).toThrow(
      'the container has a volume of its own at /mnt/ngc-api-key',
    );
  });
});
