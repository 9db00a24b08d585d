import type { Chart } from 'cdk8s';
import { beforeAll } from 'vitest';
import { freePorts, LOOPBACK } from '../../support/loopback';
import { at, type Manifest, render, testChart } from '../../support/manifests';
import type { ServingProcess } from '../../support/serving-process';
import type { ApiClient, LiveObject } from './api-client';
import type { ControlPlane } from './control-plane';
import { installDefinitions } from './definitions';
import { eventually } from './eventually';
import { expectNoComplaints } from './logs';
import { prepareFor } from './namespaces';
import { stubDefinition } from './stub-definition';

/** The operator, on a control plane that the tests around the call have. It may not complain, but for what they do on purpose. */
export function useExternalSecrets(
  plane: () => ControlPlane,
  onPurpose: (line: string) => boolean,
): () => ServingProcess {
  let operator: ServingProcess | undefined;
  beforeAll(async () => {
    const [metrics = 0] = await freePorts(1);
    // A kind that the operator watches from its start.
    await installDefinitions(plane().api, [
      stubDefinition('generators.external-secrets.io', 'v1alpha1', 'GeneratorState'),
    ]);
    operator = await plane().run(
      'external-secrets',
      [
        // One object at a time, as is its default: the provider that keeps its values in the store is not made for several.
        ...['--metrics-addr', `${LOOPBACK}:${metrics}`, '--concurrent', '1', '--loglevel', 'info'],
        // Kinds of the operator that the library does not render.
        '--enable-cluster-external-secret-reconciler=false',
        '--enable-push-secret-reconciler=false',
        '--enable-cluster-push-secret-reconciler=false',
      ],
      [metrics],
      { environment: { KUBECONFIG: plane().kubeconfig } },
    );
  });
  const started = (): ServingProcess => {
    if (operator === undefined) {
      throw new Error('External Secrets has not started');
    }
    return operator;
  };
  expectNoComplaints('external-secrets', started, onPurpose);
  return started;
}

/** Whether a line of its log is about one of the namespaces. */
export function isAbout(...namespaces: readonly string[]): (line: string) => boolean {
  return (line) => namespaces.some((namespace) => line.includes(`"namespace":"${namespace}"`));
}

/** What a store holds: values by key, or by key and version. */
export interface StoreEntry {
  readonly key: string;
  readonly value: string;
  readonly version?: string;
}

/** A store that keeps its values in itself. */
export function clusterStore(name: string, data: readonly StoreEntry[]): Manifest {
  return {
    apiVersion: 'external-secrets.io/v1',
    kind: 'ClusterSecretStore',
    metadata: { name },
    spec: { provider: { fake: { data } } },
  };
}

/** The same, for one namespace. */
export function namespacedStore(namespace: string, name: string, data: readonly StoreEntry[]): Manifest {
  return { ...clusterStore(name, data), kind: 'SecretStore', metadata: { name, namespace } };
}

/** Applies a store, and waits until the operator has found it good: before that it complains of whoever asks. */
export async function applyStore(api: ApiClient, store: Manifest): Promise<void> {
  await api.apply(store);
  await eventually(`the store ${store.metadata.name} is ready`, async () =>
    JSON.stringify(at(await api.get(store), 'status.conditions') ?? []).includes('"status":"True"') ? true : undefined,
  );
}

/** Renders into a namespace, and applies what is rendered. */
export async function applyRendered(
  api: ApiClient,
  namespace: string,
  build: (chart: Chart) => void,
): Promise<Manifest[]> {
  const chart = testChart({ namespace });
  build(chart);
  const objects = render(chart);
  await prepareFor(api, objects);
  await Promise.all(objects.map((object) => api.apply(object)));
  return objects;
}

/** The Secret when it is there: its type and its data, decoded. */
export async function secretIn(
  api: ApiClient,
  namespace: string,
  name: string,
): Promise<{ readonly type: string; readonly data: Record<string, string> } | undefined> {
  const secret = await api.get({ apiVersion: 'v1', kind: 'Secret', metadata: { name, namespace } });
  if (secret === undefined) {
    return undefined;
  }
  const data = Object.entries((secret['data'] ?? {}) as Record<string, string>);
  return {
    type: secret['type'] as string,
    data: Object.fromEntries(data.map(([key, value]) => [key, Buffer.from(value, 'base64').toString('utf8')])),
  };
}

/** Waits for a Secret that the operator makes. */
export function madeSecret(
  api: ApiClient,
  namespace: string,
  name: string,
): Promise<{ readonly type: string; readonly data: Record<string, string> }> {
  return eventually(`the Secret ${namespace}/${name}`, () => secretIn(api, namespace, name));
}

/** Waits until the operator says that it could not make the Secret, which it says for this version of the ExternalSecret. */
export function refusedBySource(api: ApiClient, namespace: string, name: string): Promise<LiveObject> {
  const reference = { apiVersion: 'external-secrets.io/v1', kind: 'ExternalSecret', metadata: { name, namespace } };
  return eventually(`an error of ${name}`, async () => {
    const object = await api.get(reference);
    const conditions = (at(object, 'status.conditions') ?? []) as { readonly type: string; readonly status: string }[];
    return conditions.some(({ type, status }) => type === 'Ready' && status === 'False') ? object : undefined;
  });
}
