import { readFileSync } from 'node:fs';
import { beforeAll, expect, it } from 'vitest';
import { renderText } from '../support/change';
import { at, find, type Manifest } from '../support/manifests';
import { byAddress, underAnotherName } from './support/argo-cd-programs';
import { type ApplicationState, useArgoCdSystem } from './support/argo-cd-system';
import { useControlPlane } from './support/control-plane';
import { eventually } from './support/eventually';
import { changesIn, useManifestRepository } from './support/manifest-repository';
import { describeWith } from './support/tools';

const PROGRAM = readFileSync('examples/argocd/main.ts', 'utf8');
const ENVIRONMENTS = ['production-eu', 'production-us', 'staging'];
const STAGING = 'embeddings-staging';
const FOLDER = 'envs/staging';
/** What makes a policy let everybody in. */
const OPENED = { spec: { policyTypes: ['Egress'] } };

describeWith(
  ['etcd', 'kube-apiserver', 'kube-controller-manager', 'redis-server', 'argo-cd'],
  "Argo CD's controllers on the repository of examples/argocd",
  () => {
    const plane = useControlPlane({ controllerManager: true });
    const repository = useManifestRepository();
    // One API server under three names: the environments have namespaces of their own.
    const argoCd = useArgoCdSystem(plane, () => ({
      repository: repository(),
      host: 'git.example.com',
      clusters: { 'eu-1': byAddress(plane()), 'us-1': underAnotherName(plane()) },
    }));
    const publish = (program: string): string => repository().publish(renderText(program));
    const live = async (object: Manifest): Promise<Manifest | undefined> => plane().api.get(object);
    beforeAll(async () => {
      publish(PROGRAM);
      for (const object of repository().committed('root')) await plane().api.apply(object);
    });

    it('the root Application, applied by hand, brings the project and the environments, and all are synced', async () => {
      await argoCd().synced('embeddings', repository().revision);
      expect(await argoCd().names()).toEqual(['embeddings', ...ENVIRONMENTS.map((name) => `embeddings-${name}`)]);
      for (const environment of ENVIRONMENTS) {
        const { conditions } = await argoCd().synced(`embeddings-${environment}`, repository().revision);
        expect(conditions).toEqual([]);
        for (const object of repository().committed(`envs/${environment}`)) {
          expect(await live(object), `${object.kind} ${object.metadata.name}`).toBeDefined();
        }
      }
    });

    it('takes back what somebody changes, and brings back what somebody deletes', async () => {
      const objects = repository().committed(FOLDER);
      const [policy, service] = [find(objects, 'NetworkPolicy'), find(objects, 'Service')];
      await plane().api.patch(policy, OPENED);
      await plane().api.delete(service);
      await eventually('a closed policy', async () =>
        at(await live(policy), 'spec.policyTypes.1') === undefined ? undefined : true,
      );
      await eventually('a Service', () => live(service));
      expect(at(await live(policy), 'spec.policyTypes')).toEqual(at(policy, 'spec.policyTypes'));
      await argoCd().synced(STAGING, repository().revision);
    });

    it('a line of the program arrives as the summary for the pull request says, and nothing else changes', async () => {
      const generations = (): Promise<Record<string, unknown>> => generationsOf(repository().committed(FOLDER), live);
      const before = await generations();
      const summary = publish(PROGRAM.replace('  replicas: 1,', '  replicas: 2,'));
      expect(changesIn(summary)).toEqual([
        ['changed', 'Deployment embeddings-staging/text-embedding', 'spec.replicas'],
        ['', '', 'spec.template.spec.affinity'],
        ['', '', 'spec.template.spec.topologySpreadConstraints'],
      ]);
      await argoCd().synced(STAGING, repository().revision);
      expect(await generations()).toEqual({ ...before, 'Deployment text-embedding': 2 });
    });

    it('prunes what leaves the program, but for the claim of the model cache', async () => {
      const before = repository().committed(FOLDER);
      publish(
        PROGRAM.replace("new TextEmbeddingNim(chart, 'text-embedding'", "new TextEmbeddingNim(chart, 'embedding'"),
      );
      const { revision } = repository();
      await argoCd().until(
        STAGING,
        'has the new objects',
        (state) => state.revision === revision && state.phase === 'Succeeded' && state.sync === 'OutOfSync',
      );
      const left = before.filter(({ metadata }) => metadata.name.startsWith('text-embedding'));
      await eventually('only the claim is left', async () => {
        const found = (await Promise.all(left.map(live))).filter((object) => object !== undefined);
        return found.length === 1 && found[0]?.kind === 'PersistentVolumeClaim' ? true : undefined;
      });
      const claim = find(repository().committed(FOLDER), 'PersistentVolumeClaim');
      publish(PROGRAM);
      await eventually('the new Deployment is gone', async () =>
        (await live({ ...find(before, 'Deployment'), metadata: { name: 'embedding', namespace: STAGING } })) ===
        undefined
          ? true
          : undefined,
      );
      // As a person would.
      await plane().api.delete(claim);
      await argoCd().synced(STAGING, repository().revision);
    });

    it('refuses a Secret that somebody commits, and with it the whole commit, until it is gone from Git', async () => {
      const metadata = { name: 'leaked', namespace: STAGING };
      const secret = { apiVersion: 'v1', kind: 'Secret', metadata, stringData: { key: 'value' } };
      const file = `${FOLDER}/Secret.leaked.k8s.yaml`;
      const deployment = find(repository().committed(FOLDER), 'Deployment');
      repository().writeFile(file, JSON.stringify(secret));
      publish(PROGRAM.replace('  replicas: 1,', '  replicas: 3,'));
      const { message } = await argoCd().until(STAGING, 'is refused', ({ retries }) => retries > 0);
      expect(message).toContain('resource :Secret is not permitted in project embeddings');
      expect(await live(secret)).toBeUndefined();
      expect(at(await live(deployment), 'spec.replicas')).toBe(1);

      repository().git('rm', '--quiet', file);
      repository().commit();
      await argoCd().synced(STAGING, repository().revision);
      expect(at(await live(deployment), 'spec.replicas')).toBe(3);
    });

    it('waits for a sync window to end, also with healing', async () => {
      const window = "ArgoCdSyncWindow.deny({ schedule: '* * * * *', duration: Duration.hours(1) })";
      const closed = PROGRAM.replace('import { App,', 'import { App, Duration,')
        .replace('  ArgoCdProject,', '  ArgoCdProject,\n  ArgoCdSyncWindow,')
        .replace("'embeddings', { repository }", `'embeddings', { repository, syncWindows: [${window}] }`);
      publish(closed);
      await argoCd().synced('embeddings', repository().revision);
      await argoCd().looksAgain(STAGING);

      const [policy, deployment] = ['NetworkPolicy', 'Deployment'].map((kind) =>
        find(repository().committed(FOLDER), kind),
      ) as [Manifest, Manifest];
      await plane().api.patch(policy, OPENED);
      publish(closed.replace('  replicas: 1,', '  replicas: 2,'));
      const { revision } = repository();
      const isWaiting = (state: ApplicationState): boolean => state.sync === 'OutOfSync' && state.revision === revision;
      await argoCd().until(STAGING, 'waits', isWaiting);
      await argoCd().looksAgain(STAGING);
      expect(at(await live(policy), 'spec.policyTypes')).toEqual(OPENED.spec.policyTypes);
      expect(at(await live(deployment), 'spec.replicas')).not.toBe(2);

      publish(PROGRAM.replace('  replicas: 1,', '  replicas: 2,'));
      await argoCd().synced('embeddings', repository().revision);
      await argoCd().until(STAGING, 'is synced', ({ sync, phase }) => sync === 'Synced' && phase === 'Succeeded');
      expect(at(await live(policy), 'spec.policyTypes')).toEqual(at(policy, 'spec.policyTypes'));
      expect(at(await live(deployment), 'spec.replicas')).toBe(2);
    });
  },
);

/** How often each object was changed. */
async function generationsOf(
  objects: readonly Manifest[],
  live: (object: Manifest) => Promise<Manifest | undefined>,
): Promise<Record<string, unknown>> {
  const entries = await Promise.all(
    objects.map(async (object) => [
      `${object.kind} ${object.metadata.name}`,
      at(await live(object), 'metadata.generation'),
    ]),
  );
  return Object.fromEntries(entries) as Record<string, unknown>;
}
