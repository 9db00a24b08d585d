import { App, Chart, YamlOutputType } from 'cdk8s';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { literalSecretIn } from '../../lib/common/literal-secrets';
import { credentialsFrom, nimFrom, reordered } from '../support/from-recipes';
import { credentialsRecipe, type NimRecipe, nimRecipe } from '../support/arbitraries';
import { at, find, render, textsIn } from '../support/manifests';
import {
  forAllNims,
  rendered,
  chartWith,
  allContainers,
  type Labels,
  selects,
  forAllNimsAlone,
  emptyParts,
  isCanonical,
} from '../support/nim-properties';
import { runs } from '../support/property-runs';
import { bytesOf, nimOf, podOf } from '../support/workload';

describe('every TextEmbeddingNim', () => {
  it('is made of objects with identities of their own, each in a file of its own', () => {
    forAllNims((objects) => {
      const identities = objects.map(({ apiVersion, kind, metadata }) => `${apiVersion} ${kind} ${metadata.name}`);
      const files = objects.map(({ kind, metadata }) => `${kind}.${metadata.name}`.toLowerCase());
      expect(new Set(identities).size).toBe(objects.length);
      expect(new Set(files).size).toBe(objects.length);
      for (const { metadata } of objects) {
        expect(metadata.namespace).toBe('embeddings');
      }
    });
  });

  it('has one Service with one port, the same everywhere', () => {
    forAllNims((objects, nims) => {
      expect(objects.filter(({ kind }) => kind === 'Service')).toHaveLength(nims.length);
      for (const { name } of nims) {
        const service = find(objects, 'Service', name);
        const [port, ...more] = at(service, 'spec.ports') as { name: string; port: number; targetPort: string }[];
        const [containerPort, ...others] = nimOf(objects, name).ports ?? [];
        expect([more, others]).toEqual([[], []]);
        expect(port?.targetPort).toBe(containerPort?.name);
        expect(port?.port).toBe(containerPort?.containerPort);
        expect(at(service, 'spec.type')).toBe('ClusterIP');
        for (const rule of (at(find(objects, 'NetworkPolicy', name), 'spec.ingress') ?? []) as unknown[]) {
          expect(at(rule, 'ports')).toEqual([{ port: port?.port, protocol: 'TCP' }]);
        }
        for (const container of allContainers(objects, name).filter((candidate) => candidate.name !== 'nim')) {
          expect(container.ports).toBeUndefined();
        }
        expect(JSON.stringify(podOf(objects, name))).not.toMatch(/hostPort|hostNetwork":true/);
      }
    });
  });

  it('selects its own pods, and those of no other NIM', () => {
    forAllNims((objects, nims) => {
      for (const { name } of nims) {
        const deployment = find(objects, 'Deployment', name);
        const spread = [
          ...((at(deployment, 'spec.template.spec.topologySpreadConstraints') ?? []) as unknown[]),
          ...(
            (at(
              deployment,
              'spec.template.spec.affinity.podAntiAffinity.preferredDuringSchedulingIgnoredDuringExecution',
            ) ?? []) as unknown[]
          ).map((term) => at(term, 'podAffinityTerm')),
        ].map((constraint) => at(constraint, 'labelSelector.matchLabels'));
        const selectors = [
          at(deployment, 'spec.selector.matchLabels'),
          at(find(objects, 'Service', name), 'spec.selector'),
          at(find(objects, 'PodDisruptionBudget', name), 'spec.selector.matchLabels'),
          at(find(objects, 'NetworkPolicy', name), 'spec.podSelector.matchLabels'),
          ...spread,
        ] as Labels[];
        for (const other of nims) {
          const labels = at(find(objects, 'Deployment', other.name), 'spec.template.metadata.labels') as Labels;
          for (const selector of selectors) {
            expect(selects(selector, labels)).toBe(other.name === name);
            expect(Object.keys(selector)).not.toContain('app.kubernetes.io/version');
          }
        }
      }
    });
  });

  it('holds no Secret, and no literal credential', () => {
    forAllNims((objects) => {
      expect(objects.map(({ kind }) => kind)).not.toContain('Secret');
      for (const object of objects.filter(({ kind }) => kind !== 'ExternalSecret')) {
        expect(textsIn(object).filter((text) => literalSecretIn(text) !== undefined)).toEqual([]);
      }
      for (const object of objects.filter(({ kind }) => kind === 'ExternalSecret')) {
        expect(JSON.stringify(at(object, 'spec.target.template.data'))).toMatch(/\{\{ .*\}\}/);
      }
    });
  });

  it('has room for its volumes', () => {
    forAllNimsAlone((objects) => {
      const { volumes } = podOf(objects);
      const nim = nimOf(objects);
      const sizes = volumes.flatMap(({ emptyDir }) => (emptyDir === undefined ? [] : [emptyDir]));
      const onDisk = sizes.filter(({ medium }) => medium === undefined);
      const sum = onDisk.map(({ sizeLimit }) => bytesOf(sizeLimit)).reduce((a, b) => a + b, 0);
      expect(bytesOf(nim.resources.limits['ephemeral-storage'] ?? '')).toBeGreaterThan(sum);
      for (const { medium, sizeLimit } of sizes) {
        if (medium === 'Memory') {
          expect(bytesOf(nim.resources.limits['memory'] ?? '')).toBeGreaterThan(bytesOf(sizeLimit));
        }
      }
      for (const container of allContainers(objects)) {
        for (const { name } of container.volumeMounts) {
          expect(volumes.map((volume) => volume.name)).toContain(name);
        }
      }
    });
  });

  it('asks for what it may use, never for more', () => {
    forAllNimsAlone((objects, { securityProfile }) => {
      for (const { resources } of allContainers(objects)) {
        const { requests, limits } = resources;
        expect(Object.keys(requests)).toEqual(Object.keys(limits));
        expect(bytesOf(requests['memory'] ?? '')).toBeLessThanOrEqual(bytesOf(limits['memory'] ?? ''));
        for (const name of Object.keys(limits).filter((resource) => resource.includes('/'))) {
          expect(requests[name]).toBe(limits[name]);
        }
        if (securityProfile === 'strict') {
          expect(requests).toEqual(limits);
        }
      }
    });
  });

  it('counts as stuck only after it could have started', () => {
    forAllNimsAlone((objects, { startupSeconds }) => {
      const { failureThreshold, periodSeconds } = nimOf(objects).startupProbe;
      expect(failureThreshold * periodSeconds).toBeGreaterThanOrEqual(startupSeconds ?? 1800);
      expect(at(find(objects, 'Deployment'), 'spec.progressDeadlineSeconds')).toBeGreaterThan(
        failureThreshold * periodSeconds,
      );
    });
  });

  it('has more than one replica only on a cache that several nodes can mount', () => {
    forAllNimsAlone((objects, { cache }) => {
      const replicas = at(find(objects, 'Deployment'), 'spec.replicas') as number;
      const claim = objects.find(({ kind }) => kind === 'PersistentVolumeClaim');
      if (replicas > 1) {
        expect(at(claim, 'spec.accessModes') ?? []).not.toContain('ReadWriteOnce');
        expect(cache.kind === 'existing' && cache.mode === 'ReadWriteOnce').toBe(false);
      }
    });
  });

  it('runs restricted, whatever the profile', () => {
    forAllNimsAlone((objects) => {
      const pod = podOf(objects);
      expect(pod).toMatchObject({
        automountServiceAccountToken: false,
        securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
      });
      for (const container of allContainers(objects)) {
        expect(container['securityContext']).toMatchObject({
          runAsNonRoot: true,
          privileged: false,
          allowPrivilegeEscalation: false,
          capabilities: { drop: ['ALL'] },
        });
      }
    });
  });

  it('gives the API key to those that ask for it, and to nobody else', () => {
    forAllNimsAlone((objects, nim, credentials) => {
      const holders = allContainers(objects)
        .filter(({ env }) => (env ?? []).some(({ name }) => name === 'NGC_API_KEY'))
        .map(({ name }) => name);
      const asking = nim.initContainers.flatMap(({ withNgcApiKey }, index) => (withNgcApiKey ? [`init-${index}`] : []));
      expect(holders).toEqual(credentials.airGapped ? [] : ['nim', ...asking]);
    });
  });

  it('names every environment variable once', () => {
    forAllNimsAlone((objects) => {
      for (const { env = [] } of allContainers(objects)) {
        expect(new Set(env.map(({ name }) => name)).size).toBe(env.length);
      }
    });
  });

  it('renders the same bytes again, and with its records in another order', () => {
    fc.assert(
      fc.property(credentialsRecipe, nimRecipe, (credentials, nim) => {
        // The same objects with their fields in the same order are the same YAML.
        const text = (recipe: NimRecipe): string => JSON.stringify(render(chartWith(credentials, [recipe])));
        const first = JSON.stringify(rendered(credentials, [nim]));
        expect(text(nim)).toBe(first);
        expect(text(reordered(nim))).toBe(first);
      }),
    );
  });

  it('leaves out what is empty', () => {
    forAllNims((objects) => {
      for (const object of objects) {
        expect(emptyParts(object)).toEqual([]);
      }
    });
  });

  it('writes quantities in their canonical form', () => {
    forAllNimsAlone((objects) => {
      for (const { resources } of allContainers(objects)) {
        for (const amounts of [resources.requests, resources.limits]) {
          expect(Object.entries(amounts).filter(([name, quantity]) => !isCanonical(name, quantity))).toEqual([]);
        }
      }
      const sizes = [
        ...podOf(objects).volumes.map(({ emptyDir }) => emptyDir?.sizeLimit),
        ...objects.map((object) => at(object, 'spec.resources.requests.storage') as string | undefined),
      ].filter((size) => size !== undefined);
      expect(sizes.filter((size) => !isCanonical('size', size))).toEqual([]);
    });
  });

  it('can be written beside a NIM of the same name in another namespace', () => {
    fc.assert(
      fc.property(credentialsRecipe, nimRecipe, (credentials, nim) => {
        const app = new App({ yamlOutputType: YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE });
        for (const namespace of ['one', 'two']) {
          const chart = new Chart(app, namespace, { namespace });
          nimFrom(chart, nim, credentialsFrom(chart, credentials));
        }
        expect(() => app.synthYaml()).not.toThrow();
      }),
      runs(20),
    );
  });
});
