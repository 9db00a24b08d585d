import { join } from 'node:path';
import { beforeAll } from 'vitest';
import { COMPONENTS, TOOLS } from '../../../scripts/cluster/tools';
import { freePorts, LOOPBACK } from '../../support/loopback';
import { at, type Manifest } from '../../support/manifests';
import type { ServingProcess } from '../../support/serving-process';
import type { ApiClient } from './api-client';
import type { ControlPlane } from './control-plane';
import { eventually } from './eventually';
import type { Component } from './tools';

/** What KWOK does with nodes and pods: its own, without delays. */
const STAGES = [
  'node/fast/node-initialize.yaml',
  ...['ready', 'complete', 'delete'].map((what) => `pod/fast/pod-${what}.yaml`),
];

/**
 * The scheduler, and KWOK in the place of kubelets: a pod that is bound to a node is ready, one of a Job is done, and one that is
 * deleted is gone.
 */
export function useScheduler(plane: () => ControlPlane, component: Component): () => ServingProcess {
  let scheduler: ServingProcess | undefined;
  beforeAll(async () => {
    const [secure = 0, nodes = 0] = await freePorts(2);
    await plane().run(
      'kwok',
      [
        ...['--kubeconfig', plane().kubeconfig, '--manage-all-nodes=true', '--server-address', `${LOOPBACK}:${nodes}`],
        '--node-lease-duration-seconds=40',
        ...STAGES.flatMap((stage) => ['--config', join(COMPONENTS.keptOf(TOOLS.kwok, 'kustomize/stage'), stage)]),
      ],
      [nodes],
    );
    scheduler = await plane().run(
      component,
      [
        ...['--kubeconfig', plane().kubeconfig, '--bind-address', LOOPBACK, '--secure-port', `${secure}`],
        ...['--cert-dir', plane().path('scheduler'), '--leader-elect=false'],
      ],
      [secure],
    );
  });
  return () => {
    if (scheduler === undefined) {
      throw new Error('the scheduler has not started');
    }
    return scheduler;
  };
}

/** What a node has. */
export interface NodeOptions {
  /** Nodes of one pool belong to one test. */
  readonly pool: string;
  /** @default 'a' */
  readonly zone?: string;
  /** Extended resources, as a device plugin reports them. */
  readonly devices: Readonly<Record<string, number>>;
  /** @default '500Gi' */
  readonly disk?: string;
  readonly taints?: readonly { readonly key: string; readonly value: string; readonly effect: string }[];
}

/** A node of a pool. */
export function node(name: string, options: NodeOptions): Manifest {
  const { pool, zone = 'a', devices, disk = '500Gi', taints = [] } = options;
  const resources = {
    ...{ cpu: '64', memory: '512Gi', pods: '110', 'ephemeral-storage': disk },
    ...Object.fromEntries(Object.entries(devices).map(([device, count]) => [device, `${count}`])),
  };
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name: `${pool}-${name}`,
      labels: {
        pool,
        'kubernetes.io/hostname': `${pool}-${name}`,
        'kubernetes.io/os': 'linux',
        'topology.kubernetes.io/zone': zone,
      },
    },
    spec: { taints },
    status: { allocatable: resources, capacity: resources },
  };
}

/** Adds nodes, as kubelets register them. They are there when pods may go to all of them: before, the scheduler passes some over. */
export async function addNodes(api: ApiClient, nodes: readonly Manifest[]): Promise<void> {
  await Promise.all(nodes.map((object) => api.create(object)));
  for (const object of nodes) {
    await eventually(`the node ${object.metadata.name} takes pods`, async () =>
      takesPods(await api.get(object)) ? true : undefined,
    );
  }
}

function takesPods(node: Manifest | undefined): boolean {
  const conditions = (at(node, 'status.conditions') ?? []) as readonly {
    readonly type: string;
    readonly status: string;
  }[];
  const taints = (at(node, 'spec.taints') ?? []) as readonly { readonly key: string }[];
  return (
    conditions.some(({ type, status }) => type === 'Ready' && status === 'True') &&
    taints.every(({ key }) => !key.startsWith('node.kubernetes.io/'))
  );
}

/** A volume for each claim, as an administrator or a driver provides them. */
export async function provideVolumes(api: ApiClient, objects: readonly Manifest[]): Promise<void> {
  for (const { metadata, spec } of objects.filter(({ kind }) => kind === 'PersistentVolumeClaim')) {
    const { accessModes, storageClassName, resources } = spec as {
      readonly accessModes: readonly string[];
      readonly storageClassName?: string;
      readonly resources: { readonly requests: { readonly storage: string } };
    };
    await api.apply({
      apiVersion: 'v1',
      kind: 'PersistentVolume',
      metadata: { name: `${metadata.namespace}-${metadata.name}` },
      spec: {
        capacity: resources.requests,
        accessModes,
        ...(storageClassName === undefined ? {} : { storageClassName }),
        claimRef: { name: metadata.name, namespace: metadata.namespace },
        hostPath: { path: '/models' },
      },
    });
  }
}
