import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Manifest } from '../support/manifests';
import type { ApiClient } from './support/api-client';
import { ControlPlane } from './support/control-plane';
import { eventually } from './support/eventually';
import { Kubernetes } from './support/kubernetes';
import { complaintsOf, complaintWith } from './support/logs';
import { addNodes, node, useScheduler } from './support/nodes';
import { describeWith } from './support/tools';

const REASON = 'as the test wants it';
const POD = { containers: [{ name: 'main', image: 'registry.example.com/main:1' }] };

/** Controls of what the other tests ask of the logs: whoever complains of an object is heard. */
describeWith(['etcd', 'kube-apiserver', 'kube-controller-manager'], 'a complaint is heard', () => {
  let controlPlane: ControlPlane | undefined;
  const plane = (): ControlPlane => controlPlane!;
  beforeAll(async () => {
    controlPlane = await ControlPlane.start({ controllerManager: true });
  });
  afterAll(() => controlPlane?.stop());

  it('of the controllers of Kubernetes, about pods that admission refuses', async () => {
    await refuse(plane().api, 'no-pods', 'pods', { kind: 'Pod', spec: POD });
    expect(complaintsOf('kube-controller-manager', plane().controllerManager.output)).toEqual([]);
    await plane().api.apply({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'control', namespace: 'no-pods' },
      spec: {
        selector: { matchLabels: { app: 'control' } },
        template: { metadata: { labels: { app: 'control' } }, spec: POD },
      },
    });
    expect(await complaintWith(REASON, 'kube-controller-manager', () => plane().controllerManager)).toContain(
      'no-pods',
    );
  });

  describeWith(['kube-scheduler', 'kwok'], 'of the scheduler', () => {
    const scheduler = useScheduler(plane, Kubernetes.NEWEST.scheduler);

    it('about a pod that admission keeps off its node', async () => {
      await addNodes(plane().api, [node('a', { pool: 'control', devices: {} })]);
      await refuse(plane().api, 'no-bindings', 'pods/binding', {
        kind: 'Binding',
        target: { kind: 'Node', name: 'a' },
      });
      expect(complaintsOf('kube-scheduler', scheduler().output)).toEqual([]);
      const metadata = { name: 'control', namespace: 'no-bindings' };
      await plane().api.apply({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { ...metadata, name: 'default' } });
      await plane().api.apply({ apiVersion: 'v1', kind: 'Pod', metadata, spec: POD });
      expect(await complaintWith(REASON, 'kube-scheduler', scheduler)).toContain('no-bindings');
    });
  });
});

/** Lets admission refuse to create something in a namespace. It does so some time after it was told, so a sample of it is tried. */
async function refuse(api: ApiClient, namespace: string, resource: string, sample: object): Promise<void> {
  const rule = { apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: [resource] };
  const policy = (kind: string, spec: object): Manifest => ({
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind,
    metadata: { name: namespace },
    spec,
  });
  await api.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } });
  await api.apply(
    policy('ValidatingAdmissionPolicy', {
      matchConstraints: { resourceRules: [rule] },
      validations: [{ expression: 'false', message: REASON }],
    }),
  );
  await api.apply(
    policy('ValidatingAdmissionPolicyBinding', {
      policyName: namespace,
      validationActions: ['Deny'],
      matchResources: { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } } },
    }),
  );
  const path = `/api/v1/namespaces/${namespace}/${resource.replace('/', '/sample/')}?dryRun=All`;
  const body = { apiVersion: 'v1', ...sample, metadata: { name: 'sample', namespace } };
  await eventually(`${resource} are refused`, async () =>
    JSON.stringify((await api.send('POST', path, body)).body).includes(REASON) ? true : undefined,
  );
}
