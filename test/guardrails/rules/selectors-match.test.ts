import { expect, it } from 'vitest';
import { selectorsMatch } from '../../../lib/guardrails/rules/selectors-match';
import type { Manifest } from '../../../lib/manifests/manifest';
import { alone, check, nimObjects, nimWith, REMOVED, testRule } from '../../support/rules';

const INSTANCE = { 'app.kubernetes.io/instance': 'text-embedding' };
const NAME = { 'app.kubernetes.io/name': 'text-embedding-nim' };

const podOf = (labels: object, image = 'registry.example.com/a:1.0.0'): object => ({
  metadata: { labels },
  spec: { containers: [{ name: 'a', image }] },
});
const workload = (kind: string, labels: object, image?: string): Manifest[] => {
  const pod = podOf(labels, image);
  return kind === 'Pod'
    ? [{ apiVersion: 'v1', kind, ...pod, metadata: { name: 'other', namespace: 'embeddings', labels } }]
    : alone('apps/v1', kind, { spec: { selector: { matchLabels: labels }, template: pod } });
};

/** A workload of a kind that the rules do not know, and a Service for the pods of its template. */
const unknownWorkload = (spec: object, metadata: object = {}): Manifest[] => [
  ...alone('example.com/v1', 'Workers', { metadata: { name: 'a', namespace: 'embeddings', ...metadata }, spec }),
  ...alone('v1', 'Service', { spec: { selector: { app: 'embed' } } }),
];

const MODEL = 'nvcr.io/nim/nvidia/llama-nemotron-embed-1b-v2';
const DIGEST = `sha256:${'0'.repeat(64)}`;
/** What the Service of a NIM selects, with one more workload. */
const beside = (kind: string, image?: string): Manifest[] => [
  ...nimWith(['Deployment', 'spec.template.spec.containers.0.image', `${MODEL}:1.13.0`]),
  ...workload(kind, { ...INSTANCE, ...NAME }, image),
];

testRule(selectorsMatch, {
  accepts: {
    'the pods of a workload of an unknown kind': unknownWorkload({ template: podOf({ app: 'embed' }) }),
    'the pods of one of several templates of an unknown kind': unknownWorkload({
      roles: [{ template: podOf({ app: 'other' }) }, { template: podOf({ app: 'embed' }) }],
    }),
    ...Object.fromEntries(
      [`${MODEL}:1.14.0`, `${MODEL}@${DIGEST}`, `${MODEL}:1.14.0@${DIGEST}`, MODEL].map((image) => [
        `a canary of a NIM with the image ${image}`,
        beside('Deployment', image),
      ]),
    ),
    'other pods that share a label with a NIM': [...nimObjects(), ...workload('Deployment', NAME)],
    'a Service for two workloads that are no NIMs': [
      ...workload('Deployment', { app: 'a', track: 'stable' }),
      ...workload('StatefulSet', { app: 'a', track: 'canary' }),
      ...alone('v1', 'Service', { spec: { selector: { app: 'a' } } }),
    ],
    'expressions that hold': nimWith([
      'PodDisruptionBudget',
      'spec.selector',
      {
        matchExpressions: [
          { key: 'app.kubernetes.io/instance', operator: 'In', values: ['text-embedding'] },
          { key: 'app.kubernetes.io/name', operator: 'Exists' },
          { key: 'other', operator: 'DoesNotExist' },
          { key: 'other', operator: 'NotIn', values: ['a'] },
        ],
      },
    ]),
    'a policy for every pod of a namespace': alone('networking.k8s.io/v1', 'NetworkPolicy', {
      spec: { podSelector: {} },
    }),
    'a name for something outside': alone('v1', 'Service', {
      spec: { type: 'ExternalName', externalName: 'example.com' },
    }),
    'policies of Cilium for the pods, for every pod and for nodes': [
      ...nimObjects(),
      ...alone('cilium.io/v2', 'CiliumNetworkPolicy', {
        specs: [{ endpointSelector: { matchLabels: INSTANCE } }, { endpointSelector: {} }, { nodeSelector: NAME }],
      }),
    ],
    'a policy without a selector, which is for every pod': alone('networking.k8s.io/v1', 'NetworkPolicy', { spec: {} }),
    'pods that count each other': nimWith([
      'Deployment',
      'spec.template.spec.topologySpreadConstraints',
      [{ topologyKey: 'a', labelSelector: { matchLabels: { 'app.kubernetes.io/instance': 'text-embedding' } } }],
    ]),
  },
  refuses: {
    'labels that the workload of an unknown kind does not have': [
      unknownWorkload({ template: podOf({ app: 'other' }) }),
      'Service: spec.selector',
    ],
    'labels that an object of an unknown kind has, and no pod of it': [
      unknownWorkload({ service: { metadata: { labels: { app: 'embed' } } }, template: podOf({ app: 'other' }) }),
      'Service: spec.selector',
    ],
    'a workload of an unknown kind in another namespace': [
      unknownWorkload({ template: podOf({ app: 'embed' }) }, { namespace: 'other' }),
      'Service: spec.selector',
    ],
    'a Deployment with the labels of a NIM': [
      [...nimObjects(), ...workload('Deployment', { ...INSTANCE, ...NAME })],
      'Service: spec.selector',
    ],
    'another model with the labels of a NIM': [
      beside('Deployment', 'nvcr.io/nim/nvidia/nv-embedqa-e5-v5:1.13.0'),
      'Service: spec.selector',
    ],
    'the image of a NIM from another registry': [
      beside('Deployment', 'registry.example.com:5000/nim/nvidia/llama-nemotron-embed-1b-v2:1.13.0'),
      'Service: spec.selector',
    ],
    'a Pod with the labels of a NIM': [
      [...nimObjects(), ...workload('Pod', { ...INSTANCE, ...NAME })],
      'Service: spec.selector',
    ],
    'a Service that lost the label of its NIM': [
      [
        ...nimWith(['Service', 'spec.selector', NAME]),
        ...workload('Deployment', NAME, 'nvcr.io/nim/nvidia/nv-embedqa-e5-v5:1.6.0'),
      ],
      'Service: spec.selector',
    ],
    'a Service for other pods': [nimWith(['Service', 'spec.selector', { app: 'other' }]), 'Service: spec.selector'],
    'a Service in another namespace': [nimWith(['Service', 'metadata.namespace', 'other']), 'Service: spec.selector'],
    'a Service without a selector': [nimWith(['Service', 'spec.selector', REMOVED]), 'Service: spec.selector'],
    'a policy for other pods': [
      nimWith(['NetworkPolicy', 'spec.podSelector.matchLabels', { app: 'other' }]),
      'NetworkPolicy: spec.podSelector',
    ],
    'policies of Cilium for other pods': [
      [
        ...nimObjects(),
        ...alone('cilium.io/v2', 'CiliumNetworkPolicy', {
          spec: { endpointSelector: { matchLabels: { 'k8s:app': 'other' } } },
          specs: [{ endpointSelector: { matchLabels: { 'reserved:host': '' } } }],
        }),
      ],
      'CiliumNetworkPolicy: spec.endpointSelector',
      'CiliumNetworkPolicy: specs[0].endpointSelector',
    ],
    'expressions that do not hold': [
      nimWith([
        'PodDisruptionBudget',
        'spec.selector',
        { matchExpressions: [{ key: 'app.kubernetes.io/name', operator: 'DoesNotExist' }] },
      ]),
      'PodDisruptionBudget: spec.selector',
    ],
    'an operator that does not exist': [
      nimWith([
        'PodDisruptionBudget',
        'spec.selector',
        { matchExpressions: [{ key: 'app.kubernetes.io/name', operator: 'Like' }] },
      ]),
      'PodDisruptionBudget: spec.selector',
    ],
    'a Deployment for pods of another': [
      nimWith(['Deployment', 'spec.selector.matchLabels', { app: 'other' }]),
      'Deployment: spec.selector',
    ],
    'a Deployment without a selector': [nimWith(['Deployment', 'spec.selector', REMOVED]), 'Deployment: spec.selector'],
    'pods that count nobody': [
      nimWith(['Deployment', 'spec.template.spec.topologySpreadConstraints', [{ topologyKey: 'a' }]]),
      'Deployment: spec.template.spec.topologySpreadConstraints[0].labelSelector',
    ],
    'pods that count others': [
      nimWith([
        'Deployment',
        'spec.template.spec.topologySpreadConstraints',
        [{ topologyKey: 'a', labelSelector: { matchLabels: { app: 'other' } } }],
      ]),
      'Deployment: spec.template.spec.topologySpreadConstraints[0].labelSelector',
    ],
    'a budget without a selector': [
      nimWith(['PodDisruptionBudget', 'spec.selector', REMOVED]),
      'PodDisruptionBudget: spec.selector',
    ],
    ...Object.fromEntries(
      ['DaemonSet', 'ReplicaSet', 'StatefulSet'].map((kind): [string, [Manifest[], string]] => [
        `a ${kind} for pods of another`,
        [
          nimWith(['Deployment', 'kind', kind], [kind, 'spec.selector.matchLabels', { app: 'other' }]),
          `${kind}: spec.selector`,
        ],
      ]),
    ),
  },
});

it.each([
  [
    'the workloads that a Service of a NIM selects',
    [...workload('Pod', { ...INSTANCE, ...NAME }), ...nimObjects()],
    'it selects the pods of Deployment embeddings/text-embedding and of Pod embeddings/other',
  ],
  [
    'what may give a Service without a selector its pods',
    nimWith(['Service', 'spec.selector', REMOVED]),
    'without a selector the Service has no pods, unless an EndpointSlice names them: then acknowledge it',
  ],
])('names %s', (_, objects, message) => {
  expect(check(objects).findings).toContainEqual(expect.objectContaining({ rule: 'selectors-match', message }));
});
