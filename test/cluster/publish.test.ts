import { readFileSync } from 'node:fs';
import { beforeAll, expect, it } from 'vitest';
import { parse } from 'yaml';
import { renderText } from '../support/change';
import { at, find, type Manifest } from '../support/manifests';
import type { LiveObject } from './support/api-client';
import { type Operation, useArgoCd } from './support/argo-cd';
import { useControlPlane } from './support/control-plane';
import { installDefinitions } from './support/definitions';
import { eventually } from './support/eventually';
import { changesIn, useManifestRepository } from './support/manifest-repository';
import { prepareFor } from './support/namespaces';
import { describeWith } from './support/tools';

const PROGRAM = readFileSync('examples/argocd/main.ts', 'utf8');

/** The way of a line from the program to the cluster: publish, commit, and a sync of what is in Git. */
describeWith(['etcd', 'kube-apiserver', 'argocd'], 'examples/argocd, published into a Git repository', () => {
  const plane = useControlPlane();
  const argoCd = useArgoCd(plane);
  const repository = useManifestRepository();

  const publish = (program: string): string => repository().publish(renderText(program));
  const liveApplications = (): Promise<LiveObject[]> =>
    plane().api.list('argoproj.io/v1alpha1', 'Application', 'argocd');

  /** Does what an Application says: syncs its folder, on the side of the server. */
  async function sync(application: Manifest): Promise<Operation> {
    expect(at(application, 'spec.syncPolicy.syncOptions')).toContain('ServerSideApply=true');
    const objects = repository().committed(at(application, 'spec.source.path') as string);
    await prepareFor(plane().api, objects);
    const name = application.metadata.name;
    const operation = await argoCd().operate(objects, { application: name, sync: 'server' });
    expect(operation, name).toMatchObject({ phase: 'Succeeded' });
    expect(operation.results.map(({ status }) => status)).toEqual(objects.map(() => 'Synced'));
    expect(await argoCd().compareSettled(objects, name), name).toEqual([]);
    return operation;
  }

  beforeAll(() => {
    publish(PROGRAM);
  });

  it('the root Application is applied by hand, and makes the others and their project', async () => {
    const root = repository().committed('root');
    await prepareFor(plane().api, root);
    for (const object of root) await plane().api.apply(object);
    await sync(find(root, 'Application'));
    expect((await liveApplications()).map(({ metadata }) => metadata.name)).toEqual([
      'embeddings',
      'embeddings-production-eu',
      'embeddings-production-us',
      'embeddings-staging',
    ]);
  });

  it('each Application syncs its folder, and its project allows every object in it', async () => {
    for (const application of await liveApplications()) {
      await sync(application);
      const project = await plane().api.get({
        apiVersion: 'argoproj.io/v1alpha1',
        kind: 'AppProject',
        metadata: { name: at(application, 'spec.project') as string, namespace: 'argocd' },
      });
      for (const object of repository().committed(at(application, 'spec.source.path') as string)) {
        expect(isAllowed(project, application, object), `${object.kind} of ${application.metadata.name}`).toBe(true);
      }
    }
  });

  it('one line more changes in the cluster what the summary says, and nothing else', async () => {
    const folder = 'envs/staging';
    const before = await live(repository().committed(folder));
    const summary = publish(PROGRAM.replace('  replicas: 1,', '  replicas: 2,'));
    expect(repository().git('diff', '--name-only', 'HEAD~1', 'HEAD').trim().split('\n')).toEqual([
      `${folder}/Deployment.text-embedding.k8s.yaml`,
      `${folder}/published.sha256`,
    ]);
    expect(changesIn(summary)).toEqual([
      ['changed', 'Deployment embeddings-staging/text-embedding', 'spec.replicas'],
      ['', '', 'spec.template.spec.affinity'],
      ['', '', 'spec.template.spec.topologySpreadConstraints'],
    ]);
    const staging = (await liveApplications()).find(({ metadata }) => metadata.name === 'embeddings-staging');
    await sync(staging!);
    const after = await live(repository().committed(folder));
    const generations = (objects: LiveObject[]): Record<string, unknown> =>
      Object.fromEntries(
        objects.map((object) => [`${object.kind} ${object.metadata.name}`, at(object, 'metadata.generation')]),
      );
    expect(generations(after)).toEqual({ ...generations(before), 'Deployment text-embedding': 2 });
    expect(at(find(after, 'Deployment'), 'spec.replicas')).toBe(2);
  });

  it('a line back again, and nothing is left to publish', async () => {
    publish(PROGRAM);
    const staging = (await liveApplications()).find(({ metadata }) => metadata.name === 'embeddings-staging');
    await sync(staging!);
    expect(() => publish(PROGRAM)).toThrow('git');
  });

  it.each(['application', 'hydrator'])(
    "the API server takes the Application of Argo CD's own way: %s",
    async (name) => {
      const application = parse(readFileSync(`examples/argocd/plugin/${name}.yaml`, 'utf8')) as Manifest;
      await expect(plane().api.apply(application, { dryRun: true })).resolves.toMatchObject({ kind: 'Application' });
    },
  );

  it('a default that the definition of ExternalSecrets adds is a difference only without ServerSideDiff', async () => {
    const secrets = repository()
      .committed('envs/staging')
      .filter(({ kind }) => kind === 'ExternalSecret');
    expect(secrets).toHaveLength(2);
    const definition = await plane().api.get({
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      metadata: { name: 'externalsecrets.external-secrets.io' },
    });
    const { metadata, spec } = JSON.parse(
      // What External Secrets 2.3 to 2.6 do to every reference.
      JSON.stringify(definition).replaceAll('"nullBytePolicy":{', '"nullBytePolicy":{"default":"Ignore",'),
    ) as Manifest;
    await installDefinitions(plane().api, [
      {
        apiVersion: 'apiextensions.k8s.io/v1',
        kind: 'CustomResourceDefinition',
        metadata: { name: metadata.name },
        spec,
      },
    ]);
    // The API server goes over to the new definition in its own time, and adds the default to what it has.
    await eventually('the default', async () =>
      at((await live(secrets))[0], 'spec.data.0.remoteRef.nullBytePolicy') === 'Ignore' ? true : undefined,
    );
    await argoCd().operate(secrets, { application: 'embeddings-staging', sync: 'server' });
    const seen = await argoCd().compare(secrets, 'embeddings-staging');
    // How Argo CD up to 3.5 compares with ServerSideApply alone; what is rendered has the annotation.
    expect([...new Set(seen.map(({ mode }) => mode))]).toEqual(['structured-merge']);
  });

  async function live(objects: readonly Manifest[]): Promise<LiveObject[]> {
    const found = await Promise.all(objects.map((object) => plane().api.get(object)));
    return found.filter((object) => object !== undefined);
  }
});

/** What Argo CD asks of a project before it applies an object. */
function isAllowed(
  project: Manifest | undefined,
  application: Manifest,
  { apiVersion, kind, metadata }: Manifest,
): boolean {
  const list = (path: string): Record<string, string>[] =>
    (at(project, `spec.${path}`) ?? []) as Record<string, string>[];
  const group = apiVersion.includes('/') ? apiVersion.split('/')[0] : '';
  const isListed = (item: Record<string, string>): boolean => item['group'] === group && item['kind'] === kind;
  return (
    list('sourceRepos').includes(at(application, 'spec.source.repoURL') as never) &&
    list('destinations').some(
      ({ namespace, name, server }) =>
        namespace === metadata.namespace &&
        name === at(application, 'spec.destination.name') &&
        server === at(application, 'spec.destination.server'),
    ) &&
    list('namespaceResourceWhitelist').some(isListed) &&
    !list('namespaceResourceBlacklist').some(isListed)
  );
}
