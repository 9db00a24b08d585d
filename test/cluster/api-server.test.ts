import { EmbeddingModel } from 'cdk8s-nim';
import { beforeAll, expect, it } from 'vitest';
import { at, find, type Manifest, render, testChart } from '../support/manifests';
import { nimDeployment } from '../support/nims';
import type { LiveObject } from './support/api-client';
import { type ControlPlane, useControlPlane } from './support/control-plane';
import { eventually } from './support/eventually';
import { frontDoorPrograms } from './support/front-doors';
import { Kubernetes } from './support/kubernetes';
import { applyAll, deleteAll, podsOf, prepareFor } from './support/namespaces';
import {
  combinedPrograms,
  namespaceOfItsOwn,
  type Program,
  propPrograms,
  repositoryPrograms,
} from './support/programs';
import { describeWith } from './support/tools';

const GENERATED = [frontDoorPrograms, propPrograms, combinedPrograms].flatMap((make) => make(namespaceOfItsOwn));

it('the table is long enough to mean something', () => {
  expect(GENERATED.length).toBeGreaterThan(150);
  expect(new Set(GENERATED.map(({ name }) => namespaceOfItsOwn(name))).size).toBe(GENERATED.length);
});

describeWith(['etcd', 'kube-apiserver'], 'the newest API server', () => {
  const plane = useControlPlane();

  itTakesEverything(plane, Kubernetes.NEWEST);
  itRefuses(plane);
});

describeWith(['etcd', 'kube-apiserver-1.28'], 'the oldest API server', () => {
  const plane = useControlPlane({ kubernetes: Kubernetes.OLDEST });

  itTakesEverything(plane, Kubernetes.OLDEST);
  itRefuses(plane);

  it('does not have drainDelay', async () => {
    const { objects } = GENERATED.find(({ name }) => name === 'NimDeploymentOptions.drainDelay') ?? { objects: [] };
    await prepareFor(plane().api, objects);
    await expect(applyAll(plane().api, objects)).rejects.toThrow(/\.sleep: field not declared in schema/);
  });
});

function itTakesEverything(plane: () => ControlPlane, kubernetes: Kubernetes): void {
  let repository: readonly Program[] = [];
  beforeAll(async () => {
    repository = await repositoryPrograms();
  });

  it('takes main.ts and every example', async () => {
    expect(repository.length).toBeGreaterThan(8);
    for (const program of repository) {
      const objects = kubernetes.objectsOf(program.objects);
      await expectTaken(plane(), objects);
      await deleteAll(plane().api, objects);
    }
  });

  it.each(GENERATED)('takes $name', async ({ objects }) => {
    await expectTaken(plane(), kubernetes.objectsOf(objects));
  });
}

/** Applied strictly without a warning, pods admitted, and nothing left to change. */
async function expectTaken({ api }: ControlPlane, objects: readonly Manifest[]): Promise<void> {
  await prepareFor(api, objects);
  await applyAll(api, objects);
  const before = await liveObjects(api, objects);
  for (const pod of podsOf(objects)) {
    await expectAdmitted(api, pod);
  }
  await applyAll(api, objects);
  expect(await liveObjects(api, objects)).toEqual(before);
}

/** Admission learns of a new class some time after it was made. */
function expectAdmitted(api: ControlPlane['api'], pod: Manifest): Promise<LiveObject> {
  return eventually(`the pod ${pod.metadata.name} is admitted`, () =>
    api.create(pod, { dryRun: true }).catch((error: unknown) => {
      if (/no PriorityClass with name \S+ was found/.test(String(error))) return undefined;
      throw error;
    }),
  );
}

async function liveObjects(api: ControlPlane['api'], objects: readonly Manifest[]): Promise<unknown[]> {
  return Promise.all(objects.map(async (object) => comparable(await api.get(object))));
}

/**
 * Kinds that the API server writes once more at a second apply, without changing anything: a claim once, and a policy each time that a
 * direction is an empty list, which it does not keep.
 */
const WRITTEN_AGAIN = ['NetworkPolicy', 'PersistentVolumeClaim'];

/** What may not change: of the kinds above not their version and the times of their managers. */
function comparable(object: LiveObject | undefined): unknown {
  if (object === undefined || !WRITTEN_AGAIN.includes(object.kind)) {
    return object;
  }
  const { resourceVersion, ...metadata } = object.metadata;
  expect(resourceVersion).toBeDefined();
  return { ...object, metadata: { ...metadata, generation: undefined, managedFields: undefined } };
}

/** Controls: an API server that refuses nothing would prove nothing. */
function itRefuses(plane: () => ControlPlane): void {
  const namespace = 'controls';
  const service: Manifest = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'control', namespace },
    spec: { ports: [{ port: 80 }] },
  };
  const pod = (privileged: boolean): Manifest => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'control', namespace },
    spec: { containers: [{ name: 'main', image: 'registry.example.com/main:1', securityContext: { privileged } }] },
  });
  beforeAll(async () => {
    await prepareFor(plane().api, [service]);
    await plane().api.apply({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'default', namespace } });
  });

  it.each([true, false])('but not a pod below the standard (privileged: %s)', async (privileged) => {
    await expect(plane().api.create(pod(privileged), { dryRun: true })).rejects.toThrow(
      /violates PodSecurity "restricted:latest"/,
    );
  });

  it('but not an unknown field', async () => {
    const misspelt = { ...service, spec: { ports: [{ port: 80, targetport: 8000 }] } };
    await expect(plane().api.apply(misspelt)).rejects.toThrow(/\.targetport: field not declared in schema/);
    const custom: Manifest = {
      apiVersion: 'traefik.io/v1alpha1',
      kind: 'Middleware',
      metadata: { name: 'control', namespace },
      spec: { rateLimit: { avarage: 1 } },
    };
    await expect(plane().api.apply(custom)).rejects.toThrow(/avarage/);
  });

  it('but not another model under the name of a Deployment', async () => {
    const deploymentOf = (model: EmbeddingModel): Manifest => {
      const chart = testChart({ namespace });
      nimDeployment({ model }, chart);
      return find(render(chart), 'Deployment');
    };
    await plane().api.apply(deploymentOf(EmbeddingModel.LLAMA_NEMOTRON_EMBED_1B_V2));
    await expect(plane().api.apply(deploymentOf(EmbeddingModel.LLAMA_NEMOTRON_EMBED_300M_V2))).rejects.toThrow(
      /spec\.selector: .*immutable/,
    );
  });

  it('and passes a warning on', async () => {
    const deployment: Manifest = {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'control', namespace },
      spec: {
        selector: { matchLabels: { app: 'control' } },
        template: { metadata: { labels: { app: 'control' } }, spec: at(pod(true), 'spec') },
      },
    };
    await expect(plane().api.apply(deployment)).rejects.toThrow(/would violate PodSecurity/);
  });
}
