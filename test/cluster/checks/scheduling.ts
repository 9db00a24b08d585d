import { Size } from 'cdk8s';
import { Gpu, ModelCache, type TextEmbeddingNimProps } from 'cdk8s-nim';
import { beforeAll, describe, expect, it } from 'vitest';
import { at, find, type Manifest, render, testChart } from '../../support/manifests';
import { taggedImage, textEmbeddingNim } from '../../support/nims';
import type { LiveObject } from '../support/api-client';
import { useControlPlane } from '../support/control-plane';
import { eventually } from '../support/eventually';
import { expectNoComplaints } from '../support/logs';
import type { Kubernetes } from '../support/kubernetes';
import { applyAll, prepareFor } from '../support/namespaces';
import { addNodes, node, type NodeOptions, provideVolumes, useScheduler } from '../support/nodes';
import { evict, type PodState, podsIn, podsThat, rolledOut } from '../support/pods';
import { repositoryPrograms } from '../support/programs';
import { describeWith } from '../support/tools';
import { sleep } from '../../support/loopback';

const ONE_GPU = { 'nvidia.com/gpu': 1 };
const OLD = taggedImage('1.12.0');
const NEW = taggedImage('1.13.0');

/** Where pods of a NIM run, and what becomes of them in an update and a drain. */
export function checkScheduling(kubernetes: Kubernetes): void {
  const { apiServer, controllerManager, scheduler: component, objectsOf } = kubernetes;
  describeWith(['etcd', apiServer, controllerManager, component, 'kwok'], `${component}, with nodes of KWOK`, () => {
    const plane = useControlPlane({ kubernetes, controllerManager: true });
    const scheduler = useScheduler(plane, component);
    expectNoComplaints('kube-scheduler', scheduler);
    expectNoComplaints('kube-controller-manager', () => plane().controllerManager);

    /** A NIM in a namespace and on a pool of nodes of its own. */
    function nimOn(pool: string, props: Partial<TextEmbeddingNimProps>): Manifest[] {
      const chart = testChart({ namespace: pool });
      textEmbeddingNim({ modelCache: ModelCache.ephemeral(), image: OLD, nodeSelector: { pool }, ...props }, chart);
      return [...objectsOf(render(chart))];
    }

    async function applied(objects: readonly Manifest[]): Promise<readonly Manifest[]> {
      await prepareFor(plane().api, objects);
      await applyAll(plane().api, objects);
      return objects;
    }

    function nodes(pool: string, all: Readonly<Record<string, Omit<NodeOptions, 'pool'>>>): Promise<void> {
      return addNodes(
        plane().api,
        Object.entries(all).map(([name, options]) => node(name, { pool, ...options })),
      );
    }

    const pods = (
      namespace: string,
      what: string,
      are: (all: readonly PodState[]) => boolean,
    ): Promise<readonly PodState[]> => podsThat(plane().api, namespace, what, are);
    const ready = (count: number) => (all: readonly PodState[]) =>
      all.length === count && all.every((pod) => pod.ready);

    const deploymentOf = async (namespace: string): Promise<LiveObject> => {
      const reference = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'text-embedding', namespace } };
      return (await plane().api.get(reference))!;
    };

    function updated(namespace: string): Promise<true> {
      return eventually(`the update in ${namespace}`, async () =>
        rolledOut(await deploymentOf(namespace)) ? true : undefined,
      );
    }

    // First of all: it names no nodes, and those of the tests below would do as well.
    it('finds a place for production of main.ts, and needs no GPU for the Job that fills its cache', async () => {
      const program = (await repositoryPrograms()).find(({ name }) => name === 'main.ts');
      const production = objectsOf(program?.objects ?? []).filter(
        ({ metadata }) => metadata.namespace === 'embeddings',
      );
      await addNodes(
        plane().api,
        ['a', 'b', 'c'].map((zone) => node(zone, { pool: 'production', zone, devices: ONE_GPU })),
      );
      await provideVolumes(plane().api, production);
      await applied(production);
      await eventually('the Job is done', async () =>
        at(await plane().api.get(find(production, 'Job')), 'status.succeeded') === 1 ? true : undefined,
      );
      const all = await pods('embeddings', 'three ready pods beside that of the Job', ready(4));
      const serving = all.filter(({ name }) => !name.includes('-fill-')).map((pod) => pod.node);
      expect(serving.sort()).toEqual(['production-a', 'production-b', 'production-c']);
    });

    it('gives each pod a GPU, and lets a pod wait that finds none', async () => {
      await nodes('gpus', { one: { devices: { 'nvidia.com/gpu': 2 } }, none: { devices: {} } });
      await applied(nimOn('gpus', { replicas: 3 }));
      const all = await pods(
        'gpus',
        'two ready pods, and one that waits',
        (found) => found.some(({ waitsFor }) => waitsFor !== '') && found.filter((pod) => pod.ready).length === 2,
      );
      expect(all.filter((pod) => pod.ready).map((pod) => pod.node)).toEqual(['gpus-one', 'gpus-one']);
      expect(all.find((pod) => !pod.ready)?.waitsFor).toContain('Insufficient nvidia.com/gpu');
    });

    it('spreads the pods over zones and nodes', async () => {
      const devices = { 'nvidia.com/gpu': 4 };
      const zones = Object.fromEntries(
        ['a', 'b', 'c'].flatMap((zone) => [1, 2].map((index) => [`${zone}${index}`, { zone, devices }])),
      );
      await nodes('zones', zones);
      await applied(nimOn('zones', { replicas: 6 }));
      const all = await pods('zones', 'six ready pods', ready(6));
      expect(all.map((pod) => pod.node).sort()).toEqual(Object.keys(zones).map((name) => `zones-${name}`));
    });

    it('and puts all of them where there is only one zone left', async () => {
      await nodes('one-zone', { a1: { zone: 'a', devices: { 'nvidia.com/gpu': 4 } }, b1: { zone: 'b', devices: {} } });
      await applied(nimOn('one-zone', { replicas: 3 }));
      await pods('one-zone', 'three ready pods', ready(3));
    });

    it("tolerates NVIDIA's taint, no other one, and those that a program names", async () => {
      const gpu = { key: 'nvidia.com/gpu', value: 'present', effect: 'NoSchedule' };
      const team = { key: 'team', value: 'search', effect: 'NoSchedule' };
      await nodes('tainted', { gpu: { devices: ONE_GPU, taints: [gpu] } });
      await nodes('other-taint', { team: { devices: ONE_GPU, taints: [team] } });
      await nodes('named-taint', { both: { devices: ONE_GPU, taints: [gpu, team] } });
      await applied(nimOn('tainted', {}));
      await applied(nimOn('other-taint', {}));
      await applied(nimOn('named-taint', { tolerations: [{ key: 'team', operator: 'Equal', value: 'search' }] }));
      await pods('tainted', 'a ready pod', ready(1));
      await pods('named-taint', 'a ready pod', ready(1));
      await pods('other-taint', 'a pod that waits', ([pod]) => (pod?.waitsFor ?? '').includes('untolerated taint'));
    });

    it('takes slices of a GPU for whoever asks for slices, and for nobody else', async () => {
      await nodes('slices', { mixed: { devices: { 'nvidia.com/mig-1g.10gb': 7 } } });
      await applied(nimOn('slices', { replicas: 3, gpu: Gpu.mig('1g.10gb') }));
      await pods('slices', 'three ready pods', ready(3));

      await nodes('whole', { mixed: { devices: { 'nvidia.com/mig-1g.10gb': 7 } } });
      await applied(nimOn('whole', { gpu: Gpu.whole() }));
      await pods('whole', 'a pod that waits', ([pod]) => (pod?.waitsFor ?? '').includes('Insufficient nvidia.com/gpu'));
    });

    it('keeps a pod with an ephemeral cache off a node without the disk for it', async () => {
      await nodes('disks', { small: { devices: ONE_GPU, disk: '50Gi' }, large: { devices: ONE_GPU, disk: '60Gi' } });
      await applied(
        nimOn('disks', { replicas: 2, modelCache: ModelCache.ephemeral({ sizeLimit: Size.gibibytes(50) }) }),
      );
      const all = await pods(
        'disks',
        'one ready pod, and one that waits',
        (found) => found.some(({ waitsFor }) => waitsFor !== '') && found.some((pod) => pod.ready),
      );
      expect(all.find((pod) => pod.ready)?.node).toBe('disks-large');
      expect(all.find((pod) => !pod.ready)?.waitsFor).toContain('Insufficient ephemeral-storage');
    });

    it('binds the claim of the model cache, and lets the pod on a node', async () => {
      await nodes('claims', { one: { devices: ONE_GPU } });
      const objects = nimOn('claims', { modelCache: ModelCache.claim() });
      await provideVolumes(plane().api, objects);
      await applied(objects);
      await pods('claims', 'a ready pod', ready(1));
    });

    it('runs the Job that fills a claim for one node beside the pod that waits for it, and another Job for another image', async () => {
      await nodes('fill', { cpu: { devices: {} }, gpu: { devices: ONE_GPU } });
      const done = async (image: typeof OLD): Promise<readonly PodState[]> => {
        const objects = nimOn('fill', { image, modelCache: ModelCache.prefetched(ModelCache.claim()) });
        await provideVolumes(plane().api, objects);
        await applied(objects);
        await eventually(`the Job for ${image.reference} is done`, async () =>
          at(await plane().api.get(find(objects, 'Job')), 'status.succeeded') === 1 ? true : undefined,
        );
        await updated('fill');
        return podsIn(plane().api, 'fill');
      };
      expect((await done(OLD)).map((pod) => pod.node)).toEqual(['fill-gpu', 'fill-gpu']);
      expect(new Set((await done(NEW)).map((pod) => pod.node))).toEqual(new Set(['fill-gpu']));
    });

    describe('an update, where every GPU is taken,', () => {
      const update = (pool: string, replicas: number): Promise<readonly Manifest[]> =>
        applied(nimOn(pool, { replicas, image: NEW }));
      const ofVersion = (all: readonly PodState[], { reference }: typeof NEW): readonly PodState[] =>
        all.filter((pod) => pod.image === reference);

      it('of three replicas keeps two of them, and needs no fourth GPU', async () => {
        await nodes('update', { a: { devices: ONE_GPU }, b: { devices: ONE_GPU }, c: { devices: ONE_GPU } });
        await applied(nimOn('update', { replicas: 3 }));
        await pods('update', 'three ready pods', ready(3));
        await update('update', 3);
        let fewest = 3;
        await eventually('the update', async () => {
          const all = await podsIn(plane().api, 'update');
          fewest = Math.min(fewest, all.filter((pod) => pod.ready).length);
          return rolledOut(await deploymentOf('update')) ? true : undefined;
        });
        expect(fewest).toBeGreaterThanOrEqual(2);
        const after = await podsIn(plane().api, 'update');
        expect(ofVersion(after, NEW)).toHaveLength(3);
        expect(new Set(after.map((pod) => pod.node)).size).toBe(3);
      });

      it('of one replica gives its GPU to the new pod', async () => {
        await nodes('single', { a: { devices: ONE_GPU } });
        await applied(nimOn('single', { replicas: 1 }));
        await pods('single', 'a ready pod', ready(1));
        await update('single', 1);
        await updated('single');
        expect(ofVersion(await podsIn(plane().api, 'single'), NEW)).toHaveLength(1);
      });

      describe('while a pod was waiting already', () => {
        const waits = (all: readonly PodState[]): boolean =>
          all.filter((pod) => pod.ready).length === 2 && all.some(({ waitsFor }) => waitsFor !== '');
        beforeAll(async () => {
          await nodes('stuck', { a: { devices: ONE_GPU }, b: { devices: ONE_GPU } });
          await applied(nimOn('stuck', { replicas: 3 }));
          await pods('stuck', 'two ready pods, and one that waits', waits);
          await update('stuck', 3);
          await pods('stuck', 'a new pod that waits', (all) => waits(all) && ofVersion(all, NEW).length === 1);
        });

        it('replaces that one and stops: no healthy pod is touched', async () => {
          // Long enough for the controller to go on, if it would.
          await sleep(3000);
          const all = await podsIn(plane().api, 'stuck');
          expect(ofVersion(all, OLD).every((pod) => pod.ready)).toBe(true);
          expect(ofVersion(all, OLD)).toHaveLength(2);
        });

        it('and goes on with as many replicas as there are GPUs', async () => {
          await update('stuck', 2);
          await updated('stuck');
          expect(ofVersion(await podsIn(plane().api, 'stuck'), NEW)).toHaveLength(2);
        });
      });

      it('goes on by itself when a GPU comes back', async () => {
        await nodes('back', { a: { devices: ONE_GPU } });
        await applied(nimOn('back', { replicas: 2 }));
        await pods(
          'back',
          'one ready pod, and one that waits',
          (all) => all.length === 2 && all.some((pod) => pod.ready),
        );
        await update('back', 2);
        await pods('back', 'a new pod that waits', (all) =>
          ofVersion(all, NEW).some(({ waitsFor }) => waitsFor !== ''),
        );
        await nodes('back', { b: { devices: ONE_GPU } });
        await updated('back');
        expect(ofVersion(await podsIn(plane().api, 'back'), NEW)).toHaveLength(2);
      });
    });

    describe('a drain', () => {
      const cordon = (name: string, unschedulable: boolean): Promise<LiveObject> =>
        plane().api.patch({ apiVersion: 'v1', kind: 'Node', metadata: { name } }, { spec: { unschedulable } });

      it('takes one pod at a time, and a pod that waits for a GPU counts as the one', async () => {
        await nodes('drain', { a: { devices: ONE_GPU }, b: { devices: ONE_GPU }, c: { devices: ONE_GPU } });
        await applied(nimOn('drain', { replicas: 3 }));
        const before = await pods('drain', 'three ready pods', ready(3));
        const budget = {
          apiVersion: 'policy/v1',
          kind: 'PodDisruptionBudget',
          metadata: { name: 'text-embedding', namespace: 'drain' },
        };
        await eventually('a budget of one', async () => {
          const live = (await plane().api.get(budget)) as { status?: { disruptionsAllowed?: number } } | undefined;
          return live?.status?.disruptionsAllowed === 1 ? true : undefined;
        });
        const [first, second] = before;
        await cordon(first?.node ?? '', true);
        expect(await evict(plane().api, 'drain', first?.name ?? '')).toMatchObject({ status: 201 });
        await pods(
          'drain',
          'a pod that waits',
          (all) => all.length === 3 && all.some(({ waitsFor }) => waitsFor !== ''),
        );

        await cordon(second?.node ?? '', true);
        const refused = await evict(plane().api, 'drain', second?.name ?? '');
        expect(refused.status).toBe(429);
        expect(refused.text).toContain('disruption budget');

        await cordon(first?.node ?? '', false);
        await pods('drain', 'three ready pods', ready(3));
        await eventually('the second pod may go', async () =>
          (await evict(plane().api, 'drain', second?.name ?? '')).status === 201 ? true : undefined,
        );
      });
    });
  });
}
