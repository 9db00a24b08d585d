import { isDeepStrictEqual } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { at, type Manifest } from '../support/manifests';
import type { ApiClient } from './support/api-client';
import { type Sync, SYNCS, useArgoCd } from './support/argo-cd';
import { useControlPlane } from './support/control-plane';
import { frontDoorPrograms } from './support/front-doors';
import { deleteAll, prepareFor } from './support/namespaces';
import {
  combinedPrograms,
  namespaceOfItsOwn,
  type Program,
  propPrograms,
  repositoryPrograms,
} from './support/programs';
import { describeWith } from './support/tools';

const makers = [frontDoorPrograms, propPrograms, combinedPrograms];

/** The model that most of the programs have. Another one is refused by the API server: sync.test.ts shows that. */
const MODEL = 'nvidia.llama-nemotron-embed-1b-v2';

/** A claim cannot be changed after it was made, so those of other configurations are other claims. */
const CONFIGURATIONS: readonly Program[] = makers
  .flatMap((make) => make(() => 'transitions'))
  .filter(({ objects }) =>
    objects.every(
      (object) => object.kind !== 'Deployment' || at(object, 'spec.selector.matchLabels.cdk8s-nim/model') === MODEL,
    ),
  )
  .map(({ name, objects }) => ({ name, objects: objects.filter(({ kind }) => kind !== 'PersistentVolumeClaim') }));

describeWith(['etcd', 'kube-apiserver', 'argocd'], 'Argo CD', () => {
  const plane = useControlPlane();
  const argoCd = useArgoCd(plane);

  describe.each(SYNCS)('after a %s-side sync', (sync) => {
    const namespaceOf = (name: string): string => namespaceOfItsOwn(`${sync} ${name}`);

    it('sees no difference in main.ts and every example', async () => {
      for (const { objects } of await repositoryPrograms()) {
        await expectInSync(objects);
        await deleteAll(plane().api, objects);
      }
    });

    it.each(combinedPrograms(namespaceOf))('sees no difference in $name', async ({ objects }) => {
      await expectInSync(objects);
    });

    async function expectInSync(objects: readonly Manifest[]): Promise<void> {
      await prepareFor(plane().api, objects);
      await argoCd().sync(objects, sync);
      expect(await argoCd().compare(objects)).toEqual([]);
    }

    it('sees no difference after any configuration of a NIM is changed to the next one', async () => {
      const namespace = `transitions-${sync}`;
      expect(CONFIGURATIONS.length).toBeGreaterThan(150);
      for (const { name, objects } of CONFIGURATIONS) {
        const moved = inNamespace(objects, namespace);
        await prepareFor(plane().api, moved);
        await allowOtherModel(plane().api, moved);
        await argoCd().sync(moved, sync);
        expect(await argoCd().compare(moved), name).toEqual([]);
      }
    }, 900_000);
  });

  describe('finds', () => {
    const objects = frontDoorPrograms(() => 'drift')[0]?.objects ?? [];
    const changed = (kind: string): Manifest => objects.find((object) => object.kind === kind)!;

    beforeAll(async () => {
      await prepareFor(plane().api, objects);
      await argoCd().sync(objects, 'server');
    });

    it.each<[string, string, object]>([
      ['another number of replicas', 'Deployment', { spec: { replicas: 7 } }],
      ['another label', 'Service', { metadata: { labels: { 'app.kubernetes.io/name': 'other' } } }],
      ['a rule more', 'NetworkPolicy', { spec: { ingress: [{}] } }],
      ['another budget', 'PodDisruptionBudget', { spec: { maxUnavailable: 5 } }],
    ])('%s, in every way to compare', async (_, kind, patch) => {
      const object = changed(kind);
      await plane().api.patch(object, patch);
      const modes = (await argoCd().compare([object])).map(({ mode }) => mode);
      expect(modes).toContain('three-way');
      expect(modes).toContain('server-side');
      await argoCd().sync([object], 'server');
      expect(await argoCd().compare([object])).toEqual([]);
    });

    describe('where somebody adds a rule to a NetworkPolicy in a direction that renders none', () => {
      const closed = combinedPrograms(() => 'closed').find(({ name }) => name === 'no ingress')?.objects ?? [];
      const policy = closed.find(({ kind }) => kind === 'NetworkPolicy')!;
      const rules = async (): Promise<unknown> =>
        ((await plane().api.get(policy))?.['spec'] as { ingress?: unknown } | undefined)?.ingress;
      const open = async (sync: Sync): Promise<void> => {
        await plane().api.delete(policy);
        await prepareFor(plane().api, [policy]);
        await argoCd().sync([policy], sync);
        await plane().api.patch(policy, { spec: { ingress: [{}] } });
        expect(await rules()).toEqual([{}]);
      };

      it('after a client-side sync, the rule, and heals it', async () => {
        await open('client');
        expect(await argoCd().compare([policy])).not.toEqual([]);
        await argoCd().sync([policy], 'client');
        expect(await rules()).toBeUndefined();
      });

      it('after a server-side sync, nothing; the next sync takes the rule back', async () => {
        await open('server');
        expect(await argoCd().compare([policy])).toEqual([]);
        await argoCd().sync([policy], 'server');
        expect(await rules()).toBeUndefined();
      });
    });

    it('what a program does not render any more', async () => {
      const deployment = changed('Deployment');
      const without = JSON.parse(
        JSON.stringify(deployment).replace('"automountServiceAccountToken":false,', ''),
      ) as Manifest;
      expect(without).not.toEqual(deployment);
      expect((await argoCd().compare([without])).map(({ mode }) => mode)).toContain('server-side');
    });
  });
});

/** Another model is another selector, which cannot be changed: the old Deployment goes first, as docs/change-the-model.md says. */
async function allowOtherModel(api: ApiClient, objects: readonly Manifest[]): Promise<void> {
  for (const deployment of objects.filter(({ kind }) => kind === 'Deployment')) {
    const live = await api.get(deployment);
    if (live !== undefined && !isDeepStrictEqual(at(live, 'spec.selector'), at(deployment, 'spec.selector'))) {
      await api.delete(deployment);
    }
  }
}

function inNamespace(objects: readonly Manifest[], namespace: string): Manifest[] {
  return JSON.parse(JSON.stringify(objects).replaceAll('"transitions"', JSON.stringify(namespace))) as Manifest[];
}
