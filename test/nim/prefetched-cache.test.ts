import { type Chart, Duration, Size } from 'cdk8s';
import { ConfigMap, Cpu, PersistentVolumeAccessMode, PersistentVolumeClaim } from 'cdk8s-plus-28';
import {
  ContainerImage,
  Egress,
  ModelCache,
  type ModelCachePrefetchOptions,
  NgcCredentials,
  type NimDeploymentProps,
  NimVolume,
  Peer,
  SecretStoreRef,
  SecurityProfile,
  type TextEmbeddingNimProps,
} from 'cdk8s-nim';
import { describe, expect, it } from 'vitest';
import { selects } from '../../lib/manifests/selectors';
import { at, find, inventory, type Manifest, testChart, textsIn } from '../support/manifests';
import {
  airGapped,
  DIGEST,
  type Given,
  given,
  nimDeployment,
  renderNimDeployment,
  renderTextEmbeddingNim,
  secretIn,
  taggedImage,
} from '../support/nims';
import { expectRefusal } from '../support/refusals';
import { type Container, literalsOf, nimOf, type Pod, podOf, secretRefsOf } from '../support/workload';

const { READ_ONLY_MANY, READ_WRITE_MANY, READ_WRITE_ONCE_POD } = PersistentVolumeAccessMode;

const SHARED = ModelCache.claim({ accessMode: READ_WRITE_MANY });

function prefetched(
  options: ModelCachePrefetchOptions = {},
  props: Given<TextEmbeddingNimProps> = {},
  claim = SHARED,
): Manifest[] {
  return renderTextEmbeddingNim((chart) => ({
    modelCache: ModelCache.prefetched(claim, options),
    ...given(props, chart),
  }));
}

function refusal(options: ModelCachePrefetchOptions, props: Given<NimDeploymentProps> = {}): () => unknown {
  return () =>
    nimDeployment((chart: Chart) => ({ modelCache: ModelCache.prefetched(SHARED, options), ...given(props, chart) }));
}

function jobs(objects: readonly Manifest[]): Manifest[] {
  return objects.filter(({ kind }) => kind === 'Job');
}

function jobNames(objects: readonly Manifest[]): string[] {
  return jobs(objects).map(({ metadata }) => metadata.name);
}

function fillOf(objects: readonly Manifest[]): Pod & { readonly initContainers: [Container] } {
  return at(jobs(objects)[0], 'spec.template.spec') as Pod & { readonly initContainers: [Container] };
}

describe('a prefetched cache', () => {
  it('is filled by a Job with a ServiceAccount and a network policy of its own', () => {
    expect(inventory(prefetched())).toEqual([
      'Deployment text-embedding',
      expect.stringMatching(/^Job text-embedding-fill-1-13-0-[0-9a-f]{8}$/),
      'NetworkPolicy text-embedding',
      'NetworkPolicy text-embedding-fill',
      'PersistentVolumeClaim text-embedding-model-cache',
      'PodDisruptionBudget text-embedding',
      'Service text-embedding',
      'ServiceAccount text-embedding',
      'ServiceAccount text-embedding-fill',
    ]);
  });

  it('leaves the pods without the key, a proxy and a way out of the cluster', () => {
    const objects = prefetched(
      {},
      { egress: Egress.viaProxy('http://proxy.egress.svc:3128', [Peer.cidr('10.9.0.0/24')]) },
    );
    expect(secretRefsOf(nimOf(objects))).toEqual({});
    expect(Object.keys(literalsOf(nimOf(objects)))).not.toContain('HTTPS_PROXY');
    const ports = (name: string): unknown[] =>
      (at(find(objects, 'NetworkPolicy', name), 'spec.egress') as { ports: { port: number }[] }[]).flatMap((rule) =>
        rule.ports.map(({ port }) => port),
      );
    expect(new Set(ports('text-embedding'))).toEqual(new Set([53]));
    expect(new Set(ports('text-embedding-fill'))).toEqual(new Set([53, 3128]));
    expect(literalsOf(fillOf(objects).initContainers[0])).toHaveProperty('HTTPS_PROXY', 'http://proxy.egress.svc:3128');
  });

  it('opens nothing towards the Job', () => {
    expect(at(find(prefetched(), 'NetworkPolicy', 'text-embedding-fill'), 'spec.ingress')).toEqual([]);
  });

  it('keeps the pods of the Job apart from those that serve', () => {
    const objects = prefetched();
    const [serving, filling] = [find(objects, 'Deployment'), jobs(objects)[0]].map(
      (owner) => at(owner, 'spec.template.metadata.labels') as Record<string, string>,
    );
    const selecting: [object: Manifest, selector: string][] = [
      [find(objects, 'NetworkPolicy', 'text-embedding'), 'spec.podSelector'],
      [find(objects, 'PodDisruptionBudget'), 'spec.selector'],
      [find(objects, 'Deployment'), 'spec.selector'],
    ];
    for (const [object, selector] of selecting) {
      expect(selects(at(object, selector), serving!)).toBe(true);
      expect(selects(at(object, selector), filling!)).toBe(false);
    }
    expect(selects({ matchLabels: at(find(objects, 'Service'), 'spec.selector') }, filling!)).toBe(false);
    const policy = at(find(objects, 'NetworkPolicy', 'text-embedding-fill'), 'spec.podSelector');
    expect(selects(policy, filling!)).toBe(true);
    expect(selects(policy, serving!)).toBe(false);
  });

  it('is downloaded without a GPU, as the user that serves, and not in an endless loop', () => {
    const objects = prefetched();
    const { initContainers, containers, securityContext, ...pod } = fillOf(objects);
    expect(pod).toMatchObject({
      restartPolicy: 'Never',
      activeDeadlineSeconds: 3600,
      automountServiceAccountToken: false,
    });
    expect(at(jobs(objects)[0], 'spec.backoffLimit')).toBe(20);
    expect(securityContext).toEqual(podOf(objects)['securityContext']);
    for (const container of [...initContainers, ...containers]) {
      expect(Object.keys(container.resources.limits).sort()).toEqual(['cpu', 'ephemeral-storage', 'memory']);
      expect(literalsOf(container)).toHaveProperty('NVIDIA_VISIBLE_DEVICES', 'void');
      expect(secretRefsOf(container)).toEqual({ NGC_API_KEY: 'ngc-api-secret/NGC_API_KEY' });
      expect(container['securityContext']).toEqual(nimOf(objects)['securityContext']);
    }
  });

  it('names no wave, no hook and no time after which the Job goes: it would run again', () => {
    const [job] = jobs(prefetched());
    expect(job?.metadata.annotations).toBeUndefined();
    expect(at(job, 'spec.ttlSecondsAfterFinished')).toBeUndefined();
  });

  it.each([
    ['1.13.0', ['download-to-cache', '--all'], {}, '/opt/nim/.cache'],
    ['2.3.0', undefined, { NIM_ENGINE_MODEL_DOWNLOAD_ONLY: '1', NIM_ENGINE_MODEL_DOWNLOAD_PROVIDER: 'ngc' }, '/model'],
  ])('is downloaded by an image %s without a shell', (tag, command, env, mountPath) => {
    const [container] = fillOf(prefetched({}, { image: taggedImage(tag) })).initContainers;
    expect(container.command).toEqual(command);
    expect(literalsOf(container)).toMatchObject(env);
    expect(container.volumeMounts[0]?.mountPath).toBe(mountPath);
  });

  it('has the one profile that is asked for, and the NIM loads it', () => {
    const objects = prefetched({ profile: 'a93a1a6b' });
    expect(fillOf(objects).initContainers[0].command).toEqual(['download-to-cache', '--profiles', 'a93a1a6b']);
    expect(literalsOf(nimOf(objects))).toHaveProperty('NIM_MODEL_PROFILE', 'a93a1a6b');
    expect(nimOf(objects).volumeMounts[0]).toHaveProperty(
      'subPath',
      'nvidia.llama-nemotron-embed-1b-v2/1.13.0-a93a1a6b/model',
    );
  });

  it('hands on what the caller sets for the NIM, also from Secrets', () => {
    const [container] = fillOf(
      prefetched({}, (chart) => ({
        env: { NIM_EXTRA: 'x' },
        secretEnv: { HF_TOKEN: { secret: secretIn(chart, 'hf'), key: 'token' } },
      })),
    ).initContainers;
    expect(literalsOf(container)).toHaveProperty('NIM_EXTRA', 'x');
    expect(secretRefsOf(container)).toHaveProperty('HF_TOKEN', 'hf/token');
  });
});

describe('the volumes of the NIM', () => {
  const objects = (): Manifest[] =>
    prefetched({}, (chart) => ({
      volumes: {
        authorities: NimVolume.fromConfigMap('/etc/corp-ca', ConfigMap.fromConfigMapName(chart, 'ca', 'corp-ca')),
        data: NimVolume.fromClaim('/data', PersistentVolumeClaim.fromClaimName(chart, 'data', 'data'), {
          accessMode: READ_WRITE_MANY,
        }),
      },
      env: { SSL_CERT_FILE: '/etc/corp-ca/ca.crt' },
    }));

  it('are those of the Job too, so that a download behind a proxy that inspects TLS finds the certificates', () => {
    const fill = fillOf(objects());
    expect(fill.volumes).toContainEqual({ name: 'authorities', configMap: { name: 'corp-ca' } });
    for (const container of [...fill.initContainers, ...fill.containers]) {
      expect(container.volumeMounts).toContainEqual({ name: 'authorities', mountPath: '/etc/corp-ca', readOnly: true });
      expect(literalsOf(container)).toHaveProperty('SSL_CERT_FILE', '/etc/corp-ca/ca.crt');
    }
  });

  it('but for claims, which the node of the Job may not have', () => {
    expect(podOf(objects()).volumes.map(({ name }) => name)).toContain('data');
    expect(fillOf(objects()).volumes.map(({ name }) => name)).not.toContain('data');
  });

  it('may not be where the Job has its own', () => {
    const at = (path: string) => (chart: Chart) => ({
      volumes: { own: NimVolume.fromConfigMap(path, ConfigMap.fromConfigMapName(chart, 'own', 'own')) },
    });
    expectRefusal(refusal({}, at('/mnt/model-complete')), {
      what: 'NimDeployment volumes own mountPath',
      value: '"/mnt/model-complete"',
      because: 'the container has a volume of its own at /mnt/model-complete',
      instead: 'write another path',
    });
  });
});

describe('the pods wait until the model is there', () => {
  const mounts = (container: Container): unknown[] =>
    container.volumeMounts.filter(({ name }) => name === 'model-cache');
  const model = 'nvidia.llama-nemotron-embed-1b-v2/1.13.0/model';
  const complete = 'nvidia.llama-nemotron-embed-1b-v2/1.13.0/complete';

  it('because they mount, from a volume that is read-only, what the kubelet makes after the download', () => {
    const objects = prefetched();
    const name = 'model-cache';
    expect(podOf(objects).volumes[0]).toEqual({
      name,
      persistentVolumeClaim: { claimName: 'text-embedding-model-cache', readOnly: true },
    });
    expect(mounts(nimOf(objects))).toEqual([
      { name, mountPath: '/opt/nim/.cache', subPath: model, readOnly: true },
      { name, mountPath: '/mnt/model-complete', subPath: complete, readOnly: true },
    ]);
    const { volumes, initContainers, containers } = fillOf(objects);
    expect(volumes[0]).toEqual({ name, persistentVolumeClaim: { claimName: 'text-embedding-model-cache' } });
    expect(mounts(initContainers[0])).toEqual([{ name, mountPath: '/opt/nim/.cache', subPath: model }]);
    expect(mounts(containers[0]!)).toEqual([
      { name, mountPath: '/opt/nim/.cache', subPath: model },
      { name, mountPath: '/mnt/model-complete', subPath: complete },
    ]);
  });

  it('and their rollout does not count as stuck meanwhile', () => {
    const deadline = (options: ModelCachePrefetchOptions): unknown =>
      at(find(prefetched(options), 'Deployment'), 'spec.progressDeadlineSeconds');
    expect(deadline({})).toBe(2 * 3600);
    expect(deadline({ timeout: Duration.minutes(10) })).toBe(3600 + 600);
  });
});

describe('a new image', () => {
  const tag = (version: string): Given<TextEmbeddingNimProps> => ({ image: taggedImage(version) });

  it('makes another Job and another directory', () => {
    const [old, now] = ['1.13.0', '1.13.1'].map((version) => prefetched({}, tag(version)));
    expect(jobNames(now!)).not.toEqual(jobNames(old!));
    expect(nimOf(now!).volumeMounts[0]).toHaveProperty('subPath', 'nvidia.llama-nemotron-embed-1b-v2/1.13.1/model');
  });

  it('with another digest as well', () => {
    const image = ContainerImage.fromReference(`nvcr.io/nim/nvidia/llama-nemotron-embed-1b-v2:1.13.0@${DIGEST}`);
    expect(nimOf(prefetched({}, { image })).volumeMounts[0]).toHaveProperty(
      'subPath',
      'nvidia.llama-nemotron-embed-1b-v2/1.13.0-0123456789ab/model',
    );
  });

  it.each<[string, Given<TextEmbeddingNimProps>]>([
    ['tolerations', { tolerations: [{ key: 'spot', operator: 'Exists' }] }],
    ['a security profile', { securityProfile: SecurityProfile.STRICT }],
    ['a node selector', { nodeSelector: { pool: 'gpu' } }],
  ])('is not needed for another Job: %s make one, because a Job cannot be changed', (_, props) => {
    expect(jobNames(prefetched({}, props))).not.toEqual(jobNames(prefetched()));
  });

  it('and what a Job does not hold makes none', () => {
    expect(jobNames(prefetched({}, { replicas: 3, maxQueueSize: 5 }))).toEqual(jobNames(prefetched()));
  });

  it('can be fetched ahead, while the old one serves', () => {
    const objects = prefetched({ ahead: [taggedImage('1.13.1')] });
    expect(nimOf(objects).image).toBe(taggedImage('1.13.0').reference);
    const [serving, ahead] = jobs(objects).map((job) => at(job, 'spec.template.spec.initContainers.0') as Container);
    expect(serving?.image).toBe(taggedImage('1.13.0').reference);
    expect(ahead?.image).toBe(taggedImage('1.13.1').reference);
    expect(jobNames(prefetched({}, tag('1.13.1')))).toEqual(jobNames(objects).slice(1));
  });
});

describe('the Job runs where a pod that serves can mount the volume', () => {
  const affinity = (claim: ModelCache, props: Given<TextEmbeddingNimProps> = {}): unknown =>
    at(fillOf(prefetched({}, props, claim)), 'affinity.podAffinity');
  const term = {
    topologyKey: 'kubernetes.io/hostname',
    labelSelector: {
      matchLabels: { 'app.kubernetes.io/name': 'text-embedding-nim', 'app.kubernetes.io/instance': 'text-embedding' },
    },
  };

  it('beside it, where only one node can', () => {
    expect(affinity(ModelCache.claim())).toEqual({ requiredDuringSchedulingIgnoredDuringExecution: [term] });
  });

  it('best beside it, where several can', () => {
    expect(affinity(SHARED)).toEqual({
      preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 100, podAffinityTerm: term }],
    });
  });

  it('on the same kind of nodes, with the same priority, but not in the runtime of the GPU', () => {
    const objects = prefetched(
      {},
      {
        nodeSelector: { pool: 'gpu' },
        tolerations: [{ key: 'spot', operator: 'Exists' }],
        priorityClassName: 'inference',
        runtimeClassName: 'nvidia',
      },
    );
    for (const field of ['nodeSelector', 'tolerations', 'priorityClassName']) {
      expect(fillOf(objects)[field]).toEqual(podOf(objects)[field]);
    }
    expect(fillOf(objects)['runtimeClassName']).toBeUndefined();
  });

  it('on a node that the NIM may run on, and not by a scheduler whose queue it has no label for', () => {
    const nodeAffinity = {
      requiredDuringSchedulingIgnoredDuringExecution: {
        nodeSelectorTerms: [{ matchExpressions: [{ key: 'spot', operator: 'DoesNotExist' }] }],
      },
    };
    const fill = fillOf(prefetched({}, { nodeAffinity, schedulerName: 'kai-scheduler' }));
    expect(at(fill, 'affinity')).toMatchObject({ nodeAffinity, podAffinity: {} });
    expect(fill['schedulerName']).toBeUndefined();
  });
});

describe('a prefetched claim', () => {
  it('may exist already', () => {
    const claim = PersistentVolumeClaim.fromClaimName(testChart(), 'claim', 'models');
    const objects = prefetched({}, {}, ModelCache.existingClaim(claim, { accessMode: READ_WRITE_MANY }));
    expect(fillOf(objects).volumes[0]).toEqual({ name: 'model-cache', persistentVolumeClaim: { claimName: 'models' } });
  });

  it('has resources for a download, or those that are given', () => {
    const resourcesOf = (options: ModelCachePrefetchOptions): unknown =>
      fillOf(prefetched(options)).containers[0]?.resources;
    expect(resourcesOf({})).toEqual({
      requests: { cpu: '1', memory: '4Gi', 'ephemeral-storage': '8Gi' },
      limits: { cpu: '4', memory: '8Gi', 'ephemeral-storage': '8Gi' },
    });
    const resources = { cpu: { request: Cpu.millis(500) }, memory: { limit: Size.gibibytes(6) } };
    expect(resourcesOf({ resources })).toMatchObject({ requests: { cpu: '500m' }, limits: { memory: '6Gi' } });
  });

  it('needs no network policy of ours beside a NimDeployment alone, which names the labels for one', () => {
    const { modelFill } = nimDeployment({ modelCache: ModelCache.prefetched(SHARED) });
    expect(modelFill?.selectorLabels).toEqual({
      'app.kubernetes.io/name': 'text-embedding-nim-fill',
      'app.kubernetes.io/instance': 'text-embedding',
    });
    expect(modelFill?.jobs).toHaveLength(1);
    expect(inventory(renderNimDeployment({ modelCache: ModelCache.prefetched(SHARED) }))).not.toContainEqual(
      expect.stringContaining('NetworkPolicy'),
    );
  });

  it('holds no credential', () => {
    expect(textsIn(prefetched()).join(' ')).not.toMatch(/nvapi-/);
  });
});

describe('a prefetched cache is refused', () => {
  const existing = (accessMode: PersistentVolumeAccessMode): ModelCache =>
    ModelCache.existingClaim(PersistentVolumeClaim.fromClaimName(testChart(), 'claim', 'models'), { accessMode });

  it.each([
    ['an emptyDir', ModelCache.ephemeral(), 'claim', '"ephemeral"', 'every pod has its own'],
    ['what is prefetched', ModelCache.prefetched(SHARED), 'claim', '"claim"', 'a Job has filled it already'],
    ['a claim to read', existing(READ_ONLY_MANY), 'claim accessMode', '"ReadOnlyMany"', 'could write nothing'],
    ['a claim for one pod', existing(READ_WRITE_ONCE_POD), 'claim accessMode', '"ReadWriteOncePod"', 'both mount it'],
  ])('for %s', (_, claim, what, value, because) => {
    expectRefusal(() => ModelCache.prefetched(claim), {
      what: `ModelCache.prefetched ${what}`,
      value,
      because,
      instead: 'write ',
    });
  });

  it('with a profile that is no name', () => {
    expectRefusal(refusal({ profile: '../other' }), {
      what: 'ModelCache.prefetched profile',
      value: '"../other"',
      because: 'it is the name of no profile',
      instead: 'list-model-profiles',
    });
  });

  it('with a profile for images that have none', () => {
    expectRefusal(refusal({ profile: 'a93a1a6b' }, { image: taggedImage('2.3.0') }), {
      what: 'ModelCache.prefetched profile',
      value: '"a93a1a6b"',
      because: 'images 2.2 and newer 2.x have no profiles',
      instead: 'leave it out',
    });
  });

  it('with no time', () => {
    expectRefusal(refusal({ timeout: Duration.seconds(0) }), {
      what: 'ModelCache.prefetched timeout',
      value: '"0 seconds"',
      because: 'one second or more',
      instead: 'Duration.seconds',
    });
  });

  it('for an image 2.0, of which nobody says how it only downloads', () => {
    expectRefusal(refusal({}, { image: taggedImage('2.0.0') }), {
      what: 'NimDeployment modelCache',
      value: '"ModelCache.prefetched"',
      because: 'no source says how an image 2.0 only downloads its model',
      instead: 'use an image 2.2 or newer',
    });
  });

  it('ahead for the image that serves', () => {
    expectRefusal(refusal({ ahead: [taggedImage('1.13.0')] }), {
      what: 'ModelCache.prefetched ahead',
      value: `"${taggedImage('1.13.0').reference}"`,
      because: 'it is the image that serves',
      instead: 'name the next version',
    });
  });

  it('ahead for an image that stands there twice', () => {
    expectRefusal(refusal({ ahead: [taggedImage('1.13.1'), taggedImage('1.13.1')] }), {
      what: 'ModelCache.prefetched ahead',
      value: `"${taggedImage('1.13.1').reference}"`,
      because: 'or stands here twice',
      instead: 'leave it out',
    });
  });

  it('ahead for an image of a registry that the pull secret does not log in to', () => {
    const ahead = [ContainerImage.fromReference('registry.example.com/embed:1.13.1')];
    const credentials = (chart: Chart): NgcCredentials =>
      NgcCredentials.fromExternalSecrets(chart, 'external', {
        store: SecretStoreRef.cluster('vault'),
        apiKey: { key: 'nvidia/ngc' },
      });
    expectRefusal(
      refusal({ ahead }, (chart) => ({ credentials: credentials(chart) })),
      {
        what: 'NimDeployment text-embedding image',
        value: '"registry.example.com"',
        because: 'logs in to nvcr.io only',
        instead: 'dockerConfig',
      },
    );
  });

  it('with credentials that hold no key', () => {
    expectRefusal(
      refusal({}, (chart) => ({ credentials: airGapped(chart) })),
      {
        what: 'NimDeployment modelCache',
        value: '"ModelCache.prefetched"',
        because: 'its Job has no NGC API key to download with',
        instead: 'ModelCache.existingClaim(…)',
      },
    );
  });

  it('with an init container that wants the key', () => {
    const image = ContainerImage.fromReference('registry.example.com/prepare:1.0.0');
    expectRefusal(refusal({}, { initContainers: [{ name: 'prepare', image, withNgcApiKey: true }] }), {
      what: 'init container prepare withNgcApiKey',
      value: 'true',
      because: 'a Job fills the cache',
      instead: 'ModelCache.claim(…)',
    });
  });

  it('with a name that leaves no room for that of the Job', () => {
    expectRefusal(refusal({}, { name: 'x'.repeat(50) }), {
      what: 'NimDeployment name',
      value: `"${'x'.repeat(50)}"`,
      because: 'a Job has at most 63 characters',
      instead: 'shorten it by 8',
    });
  });
});
