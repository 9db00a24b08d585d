import { Size } from 'cdk8s';
import {
  ContainerImage,
  Egress,
  ModelCache,
  type ModelCachePrefetchOptions,
  Peer,
  SecurityProfile,
  type TextEmbeddingNimProps,
} from 'cdk8s-nim';
import { Cpu, PersistentVolumeClaim } from 'cdk8s-plus-28';
import { describe, expect, it } from 'vitest';
import { selects } from '../../lib/manifests/selectors';
import { at, find, inventory, type Manifest, testChart, textsIn } from '../support/manifests';
import { DIGEST, type Given, nimDeployment, renderNimDeployment, secretIn, taggedImage } from '../support/nims';
import { prefetched, SHARED, READ_WRITE_MANY, fillOf, jobs } from '../support/prefetched-cache';
import { type Container, literalsOf, nimOf, podOf, secretRefsOf } from '../support/workload';

function jobNames(objects: readonly Manifest[]): string[] {
  return jobs(objects).map(({ metadata }) => metadata.name);
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
