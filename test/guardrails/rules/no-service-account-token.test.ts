import { noServiceAccountToken } from '../../../lib/guardrails/rules/no-service-account-token';
import type { Manifest } from '../../../lib/manifests/manifest';
import { alone, type Change, nimWith, REMOVED, testRule } from '../../support/rules';

const SPEC = 'spec.template.spec';
const mounted = (mountPath: string, volume: object): Change[] => [
  ['Deployment', `${SPEC}.volumes.3`, { name: 'mounted', ...volume }],
  ['Deployment', `${SPEC}.containers.0.volumeMounts.0`, { name: 'mounted', mountPath }],
];
const DIRECTORY = '/var/run/secrets/kubernetes.io/serviceaccount';
const MOUNT = `Deployment: ${SPEC}.containers[0].volumeMounts[0].mountPath`;

const binding = (kind: string, account: string, subject: object = {}): Manifest[] =>
  alone(`rbac.authorization.k8s.io/v1`, kind, {
    subjects: [{ kind: 'ServiceAccount', name: account, ...subject }],
  });
const account = alone('v1', 'ServiceAccount');
const client = alone('apps/v1', 'Deployment', {
  spec: { template: { spec: { serviceAccountName: 'alone', containers: [{ name: 'a', image: 'a:1' }] } } },
});
const TOKEN_OF_POD = 'Deployment: spec.template.spec.automountServiceAccountToken';

testRule(noServiceAccountToken, {
  accepts: {
    'an account with rights in its namespace, and its pods': [
      ...account,
      ...client,
      ...binding('RoleBinding', 'alone'),
    ],
    'an account with rights in the cluster': [
      ...account,
      ...client,
      ...binding('ClusterRoleBinding', 'alone', { namespace: 'embeddings' }),
    ],
    'a projected volume without a token': nimWith([
      'Deployment',
      'spec.template.spec.volumes.3',
      { name: 'a', projected: { sources: [{ configMap: { name: 'a' } }] } },
    ]),
    'an empty directory that hides a token': nimWith(...mounted(DIRECTORY, { emptyDir: {} })),
    'a Secret mounted elsewhere': nimWith(...mounted('/var/run/secrets/example.com', { secret: { secretName: 'a' } })),
    'a certificate in place of a token': nimWith(
      ...mounted(DIRECTORY, { projected: { sources: [{ configMap: { name: 'kube-root-ca.crt' } }] } }),
    ),
    'a Secret of another type': alone('v1', 'Secret', { type: 'Opaque' }),
  },
  refuses: {
    'an account of which another one of the name has rights': [
      [...client, ...binding('RoleBinding', 'alone', { namespace: 'other' })],
      TOKEN_OF_POD,
    ],
    'a NIM, whatever its account may do': [
      [
        ...nimWith(['Deployment', 'spec.template.spec.automountServiceAccountToken', REMOVED]),
        ...binding('RoleBinding', 'text-embedding'),
      ],
      TOKEN_OF_POD,
    ],
    'a pod that says nothing': [
      nimWith(['Deployment', 'spec.template.spec.automountServiceAccountToken', REMOVED]),
      'Deployment: spec.template.spec.automountServiceAccountToken',
    ],
    'an account that says nothing': [
      nimWith(['ServiceAccount', 'automountServiceAccountToken', REMOVED]),
      'ServiceAccount: automountServiceAccountToken',
    ],
    'a volume with a token': [
      nimWith([
        'Deployment',
        'spec.template.spec.volumes.3',
        { name: 'a', projected: { sources: [{ serviceAccountToken: { path: 'a' } }] } },
      ]),
      'Deployment: spec.template.spec.volumes[3].projected.sources[0].serviceAccountToken',
    ],
    'a Secret that Kubernetes fills with a token': [
      alone('v1', 'Secret', { type: 'kubernetes.io/service-account-token' }),
      'Secret: type',
    ],
    'a Secret mounted where a token would be': [nimWith(...mounted(DIRECTORY, { secret: { secretName: 'a' } })), MOUNT],
    'a Secret mounted at the other name of that directory': [
      nimWith(...mounted('/run/secrets/kubernetes.io/serviceaccount/', { csi: { driver: 'a' } })),
      MOUNT,
    ],
    'a Secret mounted as the file of the token': [
      nimWith(...mounted(`${DIRECTORY}/token`, { projected: { sources: [{ secret: { name: 'a' } }] } })),
      MOUNT,
    ],
  },
});
