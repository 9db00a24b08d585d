import { at, type Manifest } from '../../support/manifests';
import { type ApiClient, ApiError } from './api-client';

/** Pod Security at its strictest and newest, enforced and as warnings. */
const RESTRICTED = Object.fromEntries(
  ['enforce', 'warn', 'audit'].flatMap((mode) => [
    [`pod-security.kubernetes.io/${mode}`, 'restricted'],
    [`pod-security.kubernetes.io/${mode}-version`, 'latest'],
  ]),
);

/** Everything that the objects name and somebody else brings: their namespaces, and the classes and accounts of their pods. */
export async function prepareFor(api: ApiClient, objects: readonly Manifest[]): Promise<void> {
  const namespaces = new Set(objects.flatMap(({ metadata }) => metadata.namespace ?? []));
  const pods = objects.map((object) => at(object, 'spec.template.spec'));
  const named = (field: string): string[] =>
    [...new Set(pods.map((pod) => at(pod, field)))].filter((name) => typeof name === 'string');
  await Promise.all([
    ...[...namespaces].map((name) =>
      api.apply(
        { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels: RESTRICTED } },
        { manager: 'platform' },
      ),
    ),
    ...named('priorityClassName').map((name) =>
      api.apply({ apiVersion: 'scheduling.k8s.io/v1', kind: 'PriorityClass', metadata: { name }, value: 1000 }),
    ),
    ...named('runtimeClassName').map((name) =>
      api.apply({ apiVersion: 'node.k8s.io/v1', kind: 'RuntimeClass', metadata: { name }, handler: name }),
    ),
  ]);
  await Promise.all(accountsOfOthers(objects).map((account) => api.apply(account, { manager: 'platform' })));
}

/** The accounts that pods run as, and that the objects do not bring. */
function accountsOfOthers(objects: readonly Manifest[]): Manifest[] {
  const key = ({ metadata }: Manifest): string => `${metadata.namespace ?? ''}/${metadata.name}`;
  const ours = new Set(objects.filter(({ kind }) => kind === 'ServiceAccount').map(key));
  return objects
    .flatMap(({ metadata: { namespace }, ...object }): Manifest[] => {
      const name = at(object, 'spec.template.spec.serviceAccountName');
      return typeof name === 'string' && namespace !== undefined
        ? [{ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name, namespace } }]
        : [];
    })
    .filter((account) => !ours.has(key(account)));
}

/** The order in which a person would apply: what others refer to comes first. */
const FIRST = ['Namespace', 'ServiceAccount', 'PersistentVolumeClaim'];

export async function applyAll(api: ApiClient, objects: readonly Manifest[]): Promise<void> {
  const order = [...objects].sort((a, b) => Number(FIRST.includes(b.kind)) - Number(FIRST.includes(a.kind)));
  for (const object of order) {
    await api.apply(object);
  }
}

/** Takes objects away, so that other programs can use the same names. Namespaces stay: nothing here empties them. */
export async function deleteAll(api: ApiClient, objects: readonly Manifest[]): Promise<void> {
  for (const object of objects.filter(({ kind }) => kind !== 'Namespace')) {
    await api.delete(object);
    if (object.kind === 'PersistentVolumeClaim') {
      // Of the controller that waits until no pod uses the claim. Where that runs, the claim may be gone already.
      await api.patch(object, { metadata: { finalizers: null } }).catch((error: unknown) => {
        if (!(error instanceof ApiError && error.answer.status === 404)) throw error;
      });
    }
  }
}

/** The pods that a controller would make from the objects. */
export function podsOf(objects: readonly Manifest[]): Manifest[] {
  return objects.flatMap((object) => {
    const template = at(object, 'spec.template') as Pick<Manifest, 'metadata'> | undefined;
    return template === undefined || at(template, 'spec.containers') === undefined
      ? []
      : [
          {
            ...template,
            apiVersion: 'v1',
            kind: 'Pod',
            metadata: {
              ...template.metadata,
              name: object.metadata.name,
              namespace: object.metadata.namespace ?? 'default',
            },
          },
        ];
  });
}
