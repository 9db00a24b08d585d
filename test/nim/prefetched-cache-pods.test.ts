import { type Chart, Duration } from 'cdk8s';
import { ModelCache, type ModelCachePrefetchOptions, NimVolume, type TextEmbeddingNimProps } from 'cdk8s-nim';
import { ConfigMap, PersistentVolumeClaim } from 'cdk8s-plus-28';
import { describe, expect, it } from 'vitest';
import { at, find, type Manifest } from '../support/manifests';
import type { Given } from '../support/nims';
import { prefetched, SHARED, READ_WRITE_MANY, fillOf, refusal } from '../support/prefetched-cache';
import { expectRefusal } from '../support/refusals';
import { type Container, literalsOf, nimOf, podOf } from '../support/workload';

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
