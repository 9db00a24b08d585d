import { secretWhileMounted } from '../../../lib/guardrails/rules/secret-while-mounted';
import type { Manifest } from '../../../lib/manifests/manifest';
import { alone, type Change, nimWith, testRule } from '../../support/rules';

const POD = 'spec.template.spec';
const VOLUME: Change = [
  'Deployment',
  `${POD}.volumes.0`,
  { name: 'class', csi: { driver: 'secrets-store.csi.k8s.io', volumeAttributes: { secretProviderClass: 'ngc' } } },
];
const MOUNT: Change = ['Deployment', `${POD}.containers.0.volumeMounts.0`, { name: 'class', mountPath: '/mnt/class' }];
const reads = (reference: object = {}): Change => [
  'Deployment',
  `${POD}.containers.0.env.5`,
  { name: 'NGC_API_KEY', valueFrom: { secretKeyRef: { name: 'csi', key: 'k', ...reference } } },
];
const READS = `Deployment: ${POD}.containers[0].env[5].valueFrom.secretKeyRef`;

/** The NIM with changes, and a class that makes the Secret `csi`. */
function beside(...changes: Change[]): Manifest[] {
  const spec = { secretObjects: [{ secretName: 'csi', data: [{ key: 'k', objectName: 'k' }] }] };
  const metadata = { name: 'ngc', namespace: 'embeddings' };
  return [...nimWith(...changes), ...alone('secrets-store.csi.x-k8s.io/v1', 'SecretProviderClass', { metadata, spec })];
}

testRule(secretWhileMounted, {
  accepts: {
    'a Secret that nobody reads': beside(),
    'a Secret of a class that the pod mounts': beside(reads(), VOLUME, MOUNT),
    'a variable that may be missing': beside(reads({ optional: true })),
    'a Secret that something else makes too': [
      ...beside(reads()),
      ...alone('external-secrets.io/v1', 'ExternalSecret', { metadata: { name: 'csi', namespace: 'embeddings' } }),
    ],
  },
  refuses: {
    'a Secret of a class that no volume has': [beside(reads()), READS],
    'a Secret of a class that no container mounts': [beside(reads(), VOLUME), READS],
    'a Secret of another class than the one that is mounted': [
      beside(
        reads(),
        ['Deployment', `${POD}.volumes.0`, { name: 'class', csi: { volumeAttributes: { secretProviderClass: 'x' } } }],
        MOUNT,
      ),
      READS,
    ],
    'all variables of such a Secret': [
      beside(['Deployment', `${POD}.containers.0.envFrom`, [{ secretRef: { name: 'csi' } }]]),
      `Deployment: ${POD}.containers[0].envFrom[0].secretRef`,
    ],
    'a volume of such a Secret': [
      beside(['Deployment', `${POD}.volumes.0`, { name: 'files', secret: { secretName: 'csi' } }]),
      `Deployment: ${POD}.volumes[0].secret`,
    ],
    'a pull secret, also where the class is mounted': [
      beside(['Deployment', `${POD}.imagePullSecrets`, [{ name: 'csi' }]], VOLUME, MOUNT),
      `Deployment: ${POD}.imagePullSecrets[0]`,
    ],
  },
});
