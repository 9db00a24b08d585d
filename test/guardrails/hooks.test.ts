import { expect, it } from 'vitest';
import type { Manifest } from '../../lib/manifests/manifest';
import { alone, nimObjects, rulesAgainst, withField } from '../support/rules';

const SECURE = { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } };
/** What every pod has to have; nothing that is for servers only. */
const POD_SPEC = {
  restartPolicy: 'Never',
  serviceAccountName: 'hook',
  automountServiceAccountToken: false,
  securityContext: { runAsNonRoot: true, runAsUser: 1000, seccompProfile: { type: 'RuntimeDefault' } },
  containers: [{ name: 'curl', image: 'registry.example.com/curl:8.0.0', securityContext: SECURE }],
};
const LABELS = { 'app.kubernetes.io/instance': 'text-embedding', 'app.kubernetes.io/name': 'text-embedding-nim' };
const ACCOUNT = alone('v1', 'ServiceAccount', {
  metadata: { name: 'hook', namespace: 'embeddings' },
  automountServiceAccountToken: false,
});

/** A NIM with a pod beside it that has the labels of its Service, as the tests of charts do. */
function withPod(annotations: Record<string, string>, labels: Record<string, string> = LABELS): Manifest[] {
  const metadata = { name: 'hook', namespace: 'embeddings', labels, annotations };
  return [...nimObjects(), ...ACCOUNT, ...alone('v1', 'Pod', { metadata, spec: POD_SPEC })];
}

/** A NIM with a Job beside it. */
function withJob(annotations: Record<string, string>): Manifest[] {
  const metadata = { name: 'hook', namespace: 'embeddings', annotations };
  const spec = { template: { metadata: { labels: { app: 'hook' } }, spec: POD_SPEC } };
  return [...nimObjects(), ...ACCOUNT, ...alone('batch/v1', 'Job', { metadata, spec })];
}

it.each(['test', 'test-success', 'test-failure', 'test-success, test-failure'])(
  'the pod of a chart with the hook %s is no server',
  (hook) => {
    expect(rulesAgainst(withPod({ 'helm.sh/hook': hook }))).toEqual([]);
  },
);

it('the same pod without a hook is one', () => {
  expect(rulesAgainst(withPod({}))).toEqual(
    expect.arrayContaining(['resources-requests-limits', 'no-service-links', 'selectors-match']),
  );
});

it.each([{ 'helm.sh/hook': 'pre-install' }, { 'argocd.argoproj.io/hook': 'PreSync' }])(
  'a job with %j serves nobody, but may not connect to everything',
  (annotations) => {
    expect(rulesAgainst(withJob(annotations))).toEqual(['pod-network-policy']);
  },
);

it('the test of a chart keeps what is for every pod', () => {
  const objects = withPod({ 'helm.sh/hook': 'test' }).map((object) =>
    object.kind === 'Pod'
      ? { ...object, spec: { containers: [{ name: 'curl', image: 'registry.example.com/curl' }] } }
      : object,
  );
  expect(rulesAgainst(objects)).toEqual(
    expect.arrayContaining([
      'pod-security-restricted',
      'no-service-account-token',
      'own-service-account',
      'image-pinned',
    ]),
  );
});

it('a Deployment stays a server, whatever it says of itself', () => {
  const objects = nimObjects()
    .filter(({ kind }) => kind !== 'NetworkPolicy')
    .map((object) => withField(object, ['metadata', 'annotations', 'helm.sh/hook'], 'test'));
  expect(rulesAgainst(objects)).toContain('pod-network-policy');
});
