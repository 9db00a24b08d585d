import { Autoscaling, ModelCache, ScalingMetric } from 'cdk8s-nim';
import { expect, it } from 'vitest';
import { at, find, type Manifest, render, testChart } from '../support/manifests';
import { taggedImage, textEmbeddingNim } from '../support/nims';
import { useControlPlane } from './support/control-plane';
import { expectNoComplaints } from './support/logs';
import { applyAll, prepareFor } from './support/namespaces';
import { addNodes, node, useScheduler } from './support/nodes';
import { type PodState, podsThat } from './support/pods';
import { describeWith } from './support/tools';

const POOL = 'autoscaled';
const ZONES = ['a', 'b', 'c'];

function objects(): Manifest[] {
  const chart = testChart({ namespace: POOL });
  textEmbeddingNim(
    {
      image: taggedImage('1.13.0'),
      modelCache: ModelCache.ephemeral(),
      nodeSelector: { pool: POOL },
      autoscaling: Autoscaling.horizontal({
        minReplicas: 2,
        maxReplicas: 3,
        metrics: [ScalingMetric.gpuUtilization(60)],
      }),
    },
    chart,
  );
  return render(chart);
}

describeWith(
  ['etcd', 'kube-apiserver', 'kube-controller-manager', 'kube-scheduler', 'kwok'],
  "Kubernetes' own autoscaler, with nodes of KWOK",
  () => {
    const plane = useControlPlane({ controllerManager: true });
    const scheduler = useScheduler(plane, 'kube-scheduler');
    expectNoComplaints('kube-scheduler', scheduler);
    expectNoComplaints('kube-controller-manager', () => plane().controllerManager);

    const ready = (what: string, count: number): Promise<readonly PodState[]> =>
      podsThat(plane().api, POOL, what, (pods) => pods.length === count && pods.every((pod) => pod.ready));
    const zonesOf = (pods: readonly PodState[]): unknown[] => pods.map((pod) => pod.node).sort();

    it('decides how many pods there are, within its bounds; a sync leaves its number, and each pod has a GPU of its own', async () => {
      const rendered = objects();
      await addNodes(
        plane().api,
        ZONES.map((zone) => node(zone, { pool: POOL, zone, devices: { 'nvidia.com/gpu': 1 } })),
      );
      await prepareFor(plane().api, rendered);
      await applyAll(plane().api, rendered);
      // Without `replicas` the API server begins with one.
      const two = await ready('the lowest number of pods', 2);
      expect(new Set(zonesOf(two)).size).toBe(2);

      await applyAll(plane().api, rendered);
      const deployment = find(rendered, 'Deployment');
      expect(at(await plane().api.get(deployment), 'spec.replicas')).toBe(2);

      await plane().api.patch(deployment, { spec: { replicas: 9 } });
      const three = await ready('the highest number of pods', 3);
      expect(zonesOf(three)).toEqual(ZONES.map((zone) => `${POOL}-${zone}`));
    });
  },
);
