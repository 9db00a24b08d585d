import { beforeAll, expect, it } from 'vitest';
import { find, render, testChart } from '../support/manifests';
import { ingressOptions, textEmbeddingNim } from '../support/nims';
import { useArgoCd } from './support/argo-cd';
import { useControlPlane } from './support/control-plane';
import { eventually } from './support/eventually';
import { expectNoComplaints } from './support/logs';
import { prepareFor } from './support/namespaces';
import { namespaceOfItsOwn, type Program, repositoryPrograms } from './support/programs';
import { describeWith } from './support/tools';

describeWith(['etcd', 'kube-apiserver', 'kube-controller-manager', 'argocd'], "Argo CD's health", () => {
  const plane = useControlPlane({ controllerManager: true });
  expectNoComplaints('kube-controller-manager', () => plane().controllerManager);
  const argoCd = useArgoCd(plane);
  let programs: readonly Program[] = [];
  beforeAll(async () => {
    programs = await repositoryPrograms();
  });

  it.each([
    ['main.ts', 'Deployment', 'Progressing'],
    ['main.ts', 'Ingress', 'Progressing'],
    ['main.ts', 'Middleware', 'none'],
    ['main.ts', 'TLSOption', 'none'],
    ['main.ts', 'ServersTransport', 'none'],
    ['main.ts', 'NetworkPolicy', 'none'],
    ['main.ts', 'PersistentVolumeClaim', 'Progressing'],
    ['examples/f5-nginx/main.ts', 'Policy', 'none'],
    ['examples/envoy-gateway/main.ts', 'SecurityPolicy', 'none'],
    ['examples/envoy-gateway/main.ts', 'BackendTrafficPolicy', 'none'],
  ])('of what is in %s: a new %s is %s', async (program, kind, status) => {
    const object = (programs.find(({ name }) => name === program)?.objects ?? []).find(
      (candidate) => candidate.kind === kind,
    );
    const moved = { ...object!, metadata: { ...object!.metadata, namespace: namespaceOfItsOwn(`health ${kind}`) } };
    await prepareFor(plane().api, [moved]);
    await plane().api.apply(moved);
    await eventually(`${kind} is ${status}`, async () => {
      const [health] = await argoCd().healthOf([moved]);
      return health?.status === status ? true : undefined;
    });
  });

  it('of an Ingress with an address: healthy', async () => {
    const chart = testChart({ namespace: 'address' });
    textEmbeddingNim({ ingress: ingressOptions(chart) }, chart);
    const ingress = find(render(chart), 'Ingress');
    await prepareFor(plane().api, [ingress]);
    await plane().api.apply(ingress);
    await plane().api.patch(ingress, { status: { loadBalancer: { ingress: [{ ip: '192.0.2.1' }] } } }, 'status');
    expect(await argoCd().healthOf([ingress])).toMatchObject([{ status: 'Healthy' }]);
  });
});
