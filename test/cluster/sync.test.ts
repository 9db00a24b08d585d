import { Duration } from 'cdk8s';
import {
  EmbeddingModel,
  ModelCache,
  NgcCredentials,
  RestrictedNamespace,
  SecretStoreRef,
  type TextEmbeddingNimProps,
} from 'cdk8s-nim';
import { beforeAll, describe, expect, it } from 'vitest';
import { find, type Manifest, render, testChart } from '../support/manifests';
import { ingressOptions, textEmbeddingNim } from '../support/nims';
import { type ObjectHealth, type Operation, SYNCS, useArgoCd } from './support/argo-cd';
import { useControlPlane } from './support/control-plane';
import { eventually } from './support/eventually';
import { clusterStore, madeSecret, secretIn, useExternalSecrets } from './support/external-secrets';
import { deleteAll, prepareFor } from './support/namespaces';
import { namespaceOfItsOwn, type Program, repositoryPrograms } from './support/programs';
import { describeWith } from './support/tools';

const WAVE = 'argocd.argoproj.io/sync-wave';
/** What makes a policy let everybody in. */
const OPENED = { spec: { policyTypes: ['Egress'] } };

describeWith(
  ['etcd', 'kube-apiserver', 'kube-controller-manager', 'argocd', 'external-secrets'],
  "Argo CD's sync of whole applications",
  () => {
    const plane = useControlPlane({ controllerManager: true });
    // Most programs have no store behind them, or one of another provider, and one loses it.
    useExternalSecrets(plane, (line) =>
      /could not get (Cluster)?SecretStore|SecretStore \\"\w+\\" is not ready/.test(line),
    );
    const argoCd = useArgoCd(plane);
    let programs: readonly Program[] = [];
    beforeAll(async () => {
      programs = await repositoryPrograms();
    });

    /** A sync that has to end well. */
    async function synced(application: string, objects: readonly Manifest[]): Promise<Operation> {
      const operation = await argoCd().operate(objects, { application, sync: 'client' });
      expect(operation).toMatchObject({ phase: 'Succeeded' });
      return operation;
    }

    /** The objects of one NIM, in a namespace that is an application too. */
    async function rendered(namespace: string, props: Partial<TextEmbeddingNimProps> = {}): Promise<Manifest[]> {
      const chart = testChart({ namespace });
      textEmbeddingNim(props, chart);
      const objects = render(chart);
      await prepareFor(plane().api, objects);
      return objects;
    }

    /** Changes the policy by hand, and expects that the next sync of the application takes that back. */
    async function expectHealing(application: string, objects: readonly Manifest[]): Promise<void> {
      const policy = find(objects, 'NetworkPolicy');
      await plane().api.patch(policy, OPENED);
      expect(await argoCd().compare([policy], application)).not.toEqual([]);
      await synced(application, objects);
      expect(await argoCd().compare([policy], application)).toEqual([]);
    }

    describe.each(SYNCS)('%s-side', (sync) => {
      it('is done at once for main.ts and every example but the one with waves, and leaves nothing to do', async () => {
        for (const { name, objects } of programs.filter((program) => !hasWaves(program))) {
          const application = namespaceOfItsOwn(`${sync} ${name}`);
          await prepareFor(plane().api, objects);
          for (const attempt of ['first', 'second']) {
            const operation = await argoCd().operate(objects, { application, sync });
            const what = `${attempt} sync of ${name}`;
            expect(operation, what).toMatchObject({ phase: 'Succeeded' });
            expect(operation.results, what).toHaveLength(objects.length);
            expect(
              operation.results.filter(({ status }) => status !== 'Synced'),
              what,
            ).toEqual([]);
          }
          expect(await argoCd().compareSettled(objects, application), name).toEqual([]);
          await deleteAll(plane().api, objects);
        }
      }, 900_000);

      it('applies the network policy before the pods', async () => {
        const application = `order-${sync}`;
        const objects = await rendered(application, {});
        const { results } = await argoCd().operate(objects, { application, sync });
        const kinds = results.map(({ kind }) => kind);
        expect(kinds.indexOf('NetworkPolicy')).toBe(0);
        expect(kinds.indexOf('ServiceAccount')).toBeLessThan(kinds.indexOf('Deployment'));
        expect(kinds.indexOf('PersistentVolumeClaim')).toBeLessThan(kinds.indexOf('Deployment'));
      });
    });

    it('of an OpenShift Route waits for the certificate, and for nothing after it', async () => {
      const { objects } = programs.find(hasWaves) ?? { objects: [] };
      const first = objects.filter(({ metadata }) => metadata.annotations?.[WAVE] === '-1');
      expect(inventory(first)).toEqual(['Certificate', 'Role', 'RoleBinding']);
      await prepareFor(plane().api, objects);
      const operation = { application: 'route', sync: 'client' } as const;

      const waiting = await argoCd().operate(objects, { ...operation, seconds: 1 });
      expect(waiting.phase).toBe('Running');
      expect(waiting.message).toContain('Certificate');
      expect([...new Set(waiting.results.map(({ kind }) => kind))].sort()).toEqual(inventory(first));
      expect(await plane().api.get(find(objects, 'Deployment'))).toBeUndefined();

      const issued = { type: 'Ready', status: 'True', reason: 'Ready', message: 'issued' };
      await plane().api.patch(find(objects, 'Certificate'), { status: { conditions: [issued] } }, 'status');
      const done = await argoCd().operate(objects, operation);
      expect(done.phase).toBe('Succeeded');
      expect(done.results).toHaveLength(objects.length);
    });

    describe('of a claim that leaves Git', () => {
      let before: Manifest[] = [];
      let after: Manifest[] = [];
      beforeAll(async () => {
        before = await rendered('claim', { modelCache: ModelCache.claim() });
        after = await rendered('claim', { modelCache: ModelCache.ephemeral() });
        await synced('claim', before);
      });

      it('keeps the claim, and applies the rest', async () => {
        const { results } = await synced('claim', after);
        expect(results.filter(({ status }) => status !== 'Synced')).toMatchObject([
          { kind: 'PersistentVolumeClaim', status: 'PruneSkipped' },
        ]);
        const claim = await plane().api.get(find(before, 'PersistentVolumeClaim'));
        expect(claim?.metadata).not.toHaveProperty('deletionTimestamp');
        expect(await argoCd().compareSettled(after, 'claim')).toEqual([]);
      });

      it('goes on healing', async () => {
        await expectHealing('claim', after);
      });

      it('would prune it without its annotation, and wait for a person with Prune=confirm', async () => {
        const claim = find(before, 'PersistentVolumeClaim');
        const options = (value: string | null): object => ({
          metadata: { annotations: { 'argocd.argoproj.io/sync-options': value } },
        });
        await plane().api.patch(claim, options('Prune=confirm'));
        const waiting = await argoCd().operate(after, { application: 'claim', sync: 'client', seconds: 1 });
        expect(waiting.phase).toBe('Running');
        await plane().api.patch(claim, options(null));
        const { results } = await synced('claim', after);
        expect(results.filter(({ status }) => status !== 'Synced')).toMatchObject([
          { kind: 'PersistentVolumeClaim', status: 'Pruned' },
        ]);
      });
    });

    it.each([
      ['client', false],
      ['server', true],
    ] as const)(
      '%s-side takes a label away that somebody added to the selector of the policy: %s',
      async (sync, heals) => {
        const application = `label-${sync}`;
        const objects = await rendered(application);
        const policy = find(objects, 'NetworkPolicy');
        await argoCd().operate(objects, { application, sync });
        await plane().api.patch(policy, { spec: { podSelector: { matchLabels: { narrowed: 'by-hand' } } } });
        const modes = (await argoCd().compare([policy], application)).map(({ mode }) => mode);
        expect(modes).toContain('server-side');
        expect(modes.includes('three-way')).toBe(false);
        await argoCd().operate(objects, { application, sync });
        expect(JSON.stringify(await plane().api.get(policy)).includes('by-hand')).toBe(!heals);
      },
    );

    it('of a RestrictedNamespace that leaves Git keeps it', async () => {
      const chart = testChart({ namespace: 'kept' });
      new RestrictedNamespace(chart, 'namespace');
      const namespace = find(render(chart), 'Namespace');
      const nim = await rendered('kept');
      await synced('kept', [namespace, ...nim]);
      const { results } = await synced('kept', nim);
      expect(results.filter(({ status }) => status !== 'Synced')).toMatchObject([
        { kind: 'Namespace', name: 'kept', status: 'PruneSkipped' },
      ]);
    });

    it('of another number of pods, another cache and another way in needs nothing by hand', async () => {
      const chart = testChart({ namespace: 'changes' });
      const steps: readonly Partial<TextEmbeddingNimProps>[] = [
        {},
        { ingress: ingressOptions(chart) },
        { modelCache: ModelCache.ephemeral(), replicas: 3 },
      ];
      for (const step of steps) {
        const objects = await rendered('changes', step);
        await synced('changes', objects);
        expect(await argoCd().compareSettled(objects, 'changes')).toEqual([]);
      }
    });

    describe.each(SYNCS)('of another model, %s-side,', (sync) => {
      const application = `model-${sync}`;
      let other: Manifest[] = [];
      let operation: Operation;
      beforeAll(async () => {
        const model = EmbeddingModel.NEMOTRON_3_EMBED_1B;
        const options = { application, sync };
        expect(await argoCd().operate(await rendered(application), options)).toMatchObject({ phase: 'Succeeded' });
        other = await rendered(application, { model });
        await plane().api.patch(find(other, 'NetworkPolicy'), OPENED);
        operation = await argoCd().operate(other, options);
      });

      it('fails for the Deployment, and the pods serve on', async () => {
        expect(operation.phase).toBe('Failed');
        const refused = operation.results.filter(({ status }) => status === 'SyncFailed');
        expect(refused).toMatchObject([{ kind: 'Deployment' }]);
        expect(refused[0]?.message).toContain('field is immutable');
        const live = await plane().api.get(find(other, 'Deployment'));
        expect(JSON.stringify(live)).toContain('llama-nemotron-embed-1b-v2');
      });

      it('applies and heals everything else', async () => {
        const others = other.filter(({ kind }) => kind !== 'Deployment');
        expect(await argoCd().compareSettled(others, application)).toEqual([]);
      });

      it('is done once somebody deletes the Deployment', async () => {
        await plane().api.delete(find(other, 'Deployment'), 'Foreground');
        await eventually('no Deployment', async () =>
          (await plane().api.get(find(other, 'Deployment'))) === undefined ? true : undefined,
        );
        expect(await argoCd().operate(other, { application, sync })).toMatchObject({ phase: 'Succeeded' });
      });
    });

    describe('while the secret store is away', () => {
      const application = 'outage';
      const store = clusterStore(application, [{ key: 'ngc', value: 'fake-key' }]);
      let objects: Manifest[] = [];
      const commit = async (props: Partial<TextEmbeddingNimProps>): Promise<Manifest[]> => {
        const chart = testChart({ namespace: application });
        const credentials = NgcCredentials.fromExternalSecrets(chart, 'ngc', {
          store: SecretStoreRef.cluster(application),
          apiKey: { key: 'ngc' },
          refreshInterval: Duration.seconds(1),
        });
        textEmbeddingNim({ credentials, ...props }, chart);
        objects = render(chart);
        await prepareFor(plane().api, objects);
        return objects;
      };
      const statusOf = async (): Promise<ObjectHealth['status'][]> => {
        const all = await argoCd().healthOf(objects.filter(({ kind }) => kind === 'ExternalSecret'));
        return all.map(({ status }) => status);
      };
      beforeAll(async () => {
        await plane().api.apply(store);
        await synced(application, await commit({}));
        await madeSecret(plane().api, application, 'ngc-secret');
        await eventually('healthy ExternalSecrets', async () =>
          (await statusOf()).every((status) => status === 'Healthy') ? true : undefined,
        );
        await plane().api.delete(store);
        await eventually('ExternalSecrets that are not healthy', async () =>
          (await statusOf()).every((status) => status === 'Degraded') ? true : undefined,
        );
      });

      it('applies a commit', async () => {
        const { results } = await synced(application, await commit({ maxQueueSize: 512 }));
        const kinds = results.map(({ kind }) => kind);
        expect(kinds.indexOf('ExternalSecret')).toBeGreaterThan(kinds.indexOf('Deployment'));
        expect(await argoCd().compareSettled(objects, application)).toEqual([]);
      });

      it('goes on healing, and keeps the Secrets', async () => {
        await expectHealing(application, objects);
        expect(await secretIn(plane().api, application, 'ngc-api-secret')).toMatchObject({
          data: { NGC_API_KEY: 'fake-key' },
        });
      });
    });
  },
);

function hasWaves({ objects }: Program): boolean {
  return objects.some(({ metadata }) => metadata.annotations?.[WAVE] !== undefined);
}

function inventory(objects: readonly Manifest[]): string[] {
  return objects.map(({ kind }) => kind).sort();
}
