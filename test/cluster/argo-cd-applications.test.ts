import { beforeAll, describe, expect, it } from 'vitest';
import { renderText } from '../support/change';
import { at, find, type Manifest } from '../support/manifests';
import { byAddress, type Cluster, clusterSecret } from './support/argo-cd-programs';
import { useArgoCdSystem } from './support/argo-cd-system';
import { useControlPlane } from './support/control-plane';
import { eventually } from './support/eventually';
import { initialProgram } from './support/initial-program';
import { changesIn, useManifestRepository } from './support/manifest-repository';
import { describeWith } from './support/tools';

const HOST = 'git.first.example.com';
const REPOSITORY = `https://${HOST}/platform/manifests.git`;
const APPLICATION = 'embeddings-production';

describeWith(
  ['etcd', 'kube-apiserver', 'kube-controller-manager', 'redis-server', 'argo-cd'],
  "Argo CD's controllers on a new project",
  () => {
    const plane = useControlPlane({ controllerManager: true });
    const other = useControlPlane();
    const repository = useManifestRepository();
    const labels = { environment: 'production' };
    const clusters = (): Record<'eu-1' | 'us-1', Cluster> => ({
      'eu-1': { ...byAddress(plane()), labels },
      'us-1': { ...byAddress(other()), labels },
    });
    const argoCd = useArgoCdSystem(plane, () => ({ repository: repository(), host: HOST, clusters: clusters() }));
    const publish = (program: string): string => repository().publish(renderText(program));
    const applyArgoCd = async (): Promise<void> => {
      for (const object of repository().committed('argocd')) await plane().api.apply(object);
    };

    it('init, synth, publish and commit: it is synced; a changed line: the summary says it, and it is synced', async () => {
      const program = initialProgram(REPOSITORY);
      publish(program);
      await applyArgoCd();
      const folder = 'envs/production';
      await argoCd().synced(APPLICATION, repository().revision);
      for (const object of repository().committed(folder)) {
        expect(await plane().api.get(object), `${object.kind} ${object.metadata.name}`).toBeDefined();
      }

      const summary = publish(program.replace('requestsPerSecond: 20', 'requestsPerSecond: 30'));
      expect(summary).toContain('0 added, 1 changed, 0 removed, 17 unchanged');
      expect(summary).toContain('| `spec.rateLimit.average` | `20` | `30` |');
      expect(changesIn(summary)).toEqual([
        ['changed', 'Middleware embeddings/text-embedding-rate-limit', 'spec.rateLimit.average'],
      ]);
      await argoCd().synced(APPLICATION, repository().revision);
      const rateLimit = find(repository().committed(folder), 'Middleware', 'text-embedding-rate-limit');
      expect(at(await plane().api.get(rateLimit), 'spec')).toEqual(rateLimit['spec']);
    });

    describe('an ApplicationSet over two clusters', () => {
      beforeAll(async () => {
        publish(
          initialProgram(REPOSITORY)
            .replace('  ArgoCdApplication,', '  ArgoCdApplicationSet,\n  ArgoCdClusters,')
            .replaceAll("'production'", "'search'")
            .replaceAll("namespace: 'embeddings'", "namespace: 'search'")
            .replace(
              "new ArgoCdApplication(argoCd, 'embeddings-production', { project, chart });",
              "new ArgoCdApplicationSet(argoCd, 'search', { project, chart, clusters: ArgoCdClusters.labelled({ environment: 'production' }) });",
            ),
        );
        await applyArgoCd();
      });

      it('makes an Application for each cluster with the labels, and each cluster gets everything', async () => {
        for (const [name, { plane: target }] of Object.entries(clusters())) {
          await eventually(`the Application of ${name}`, () => argoCd().application(`search-${name}`));
          await argoCd().synced(`search-${name}`, repository().revision);
          for (const object of repository().committed('envs/search')) {
            expect(await target.api.get(object), `${object.kind} ${object.metadata.name}`).toBeDefined();
          }
        }
      });

      it('takes the Application of a cluster that leaves away, and leaves what was deployed', async () => {
        const { 'us-1': leaving } = clusters();
        await plane().api.apply(clusterSecret('us-1', { ...leaving, labels: { environment: 'staging' } }), {
          manager: 'platform',
        });
        await eventually('one Application less', async () =>
          (await argoCd().application('search-us-1')) === undefined ? true : undefined,
        );
        expect(await argoCd().application('search-eu-1')).toBeDefined();
        const deployment = find(repository().committed('envs/search'), 'Deployment');
        const kept = (await leaving.plane.api.get(deployment)) as Manifest;
        expect(kept.metadata).not.toHaveProperty('deletionTimestamp');
      });
    });
  },
);
